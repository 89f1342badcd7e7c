import type { Config } from "@leasehold/app/config";
import type { Connector } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";

/** What the configuration says of one connector, its settings read by its own schema. */
export function configuredOf(connector: Connector, config: Pick<Config, "connectors">) {
  const configured = config.connectors[connector.id];
  if (configured === undefined)
    throw badInput("the configuration does not name this connector", { connector: connector.id });
  const read = connector.settings.safeParse(configured.settings);
  if (!read.success) {
    const where = read.error.issues.map(({ path }) => path.join(".") || "settings").join(", ");
    throw badInput("a connector's settings are not valid", { connector: connector.id, where });
  }
  return { mode: configured.mode, settings: read.data };
}
