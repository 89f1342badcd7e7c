import { type Connector, declare } from "@leasehold/core/connector";

/** A connector of AWS with these parts and no others. */
export const planted = (parts: Partial<Connector>): Connector =>
  ({ id: "aws-planted", title: "Planted", proof: "fixtures", ...parts }) as unknown as Connector;
export const linkedAs = (connector: Connector, settings: Record<string, unknown> = { account: "111122223333" }) => ({
  ...{ id: connector.id, connector, declared: declare(connector), settings, given: settings },
});
export const hand = (verb: string, permissions: readonly string[]) => ({
  verb,
  permissions,
  credential: "x",
  blast: "credential",
  settlesAfter: 1,
  reversibility: "R1",
});
