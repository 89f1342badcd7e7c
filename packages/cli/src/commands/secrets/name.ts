import { badInput } from "@leasehold/core/kernel";

const NAME = /^([a-z][a-z0-9-]{0,40})[.]([A-Za-z0-9][A-Za-z0-9_-]{0,63})$/;

/** Every connector there is, from a room that may not look into theirs; a test holds it against the registry. */
export const CONNECTORS: readonly string[] = ["aws-iam", "aws-identity-center", "ingest", "jira", "okta", "slack"];

/** The name that a connector's settings give it: the connector's own, a dot, a word. */
export function nameIn(text: string): string {
  const [, connector = ""] = NAME.exec(text) ?? [];
  if (CONNECTORS.includes(connector)) return text;
  throw badInput("a secret is named <connector>.<word>, as the connector's settings name it", {
    where: "<name>",
    connectors: CONNECTORS.join(", "),
  });
}
