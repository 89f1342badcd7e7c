import { badInput } from "@leasehold/core/kernel";

const NAME = /^([a-z][a-z0-9-]{0,40})[.]([A-Za-z0-9][A-Za-z0-9_-]{0,63})$/;

/** The name that a connector's settings give it: the connector's own, a dot, a word. */
export async function nameIn(text: string): Promise<string> {
  const [, connector = ""] = NAME.exec(text) ?? [];
  const { connectorIds } = await import("@leasehold/local/laptop");
  if (connectorIds.includes(connector)) return text;
  throw badInput("a secret is named <connector>.<word>, as the connector's settings name it", {
    where: "<name>",
    connectors: connectorIds.join(", "),
  });
}
