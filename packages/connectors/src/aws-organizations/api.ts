import type { OrganizationsClient } from "@aws-sdk/client-organizations";

export type Send = OrganizationsClient["send"];

/** One organisation, asked from its management account or from a delegated administrator's. */
export interface Api {
  readonly account: string;
  readonly covered: readonly string[]; // the accounts that other connectors look into
  readonly send: Send;
}
