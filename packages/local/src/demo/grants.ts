import { type CredentialId, derivedId, type IdentityId } from "@leasehold/core/kernel";
import type { Who } from "./people.ts";
import { ORG } from "./places.ts";

/** What somebody let an application do: Okta gives each scope a grant of its own. */
export interface DemoGrant {
  readonly grantId: string;
  readonly user: Who;
  readonly clientId: string;
  readonly app: string;
  readonly scope: string;
  readonly age: number; // weeks
}

const notes = { user: "pat", clientId: "0oa1notes0ai0example", app: "Meeting Notes AI", age: 9 } as const;

export const GRANTS = {
  patWrites: { ...notes, grantId: "oag1patwrite0example", scope: "salesforce.notes.write" },
  patReads: { ...notes, grantId: "oag1patreads0example", scope: "calendar.events.read" },
  sue: {
    ...{ user: "sue", clientId: "0oa1inbox0co0example", app: "Inbox Copilot", age: 15 },
    ...{ grantId: "oag1sueinbox0example", scope: "inbox.assistant" },
  },
} as const satisfies Readonly<Record<string, DemoGrant>>;
export type GrantName = keyof typeof GRANTS;

/** Our own ids of a grant and of the application that holds it, as the connector derives them. */
export const grantIds = (name: GrantName): { readonly credential: CredentialId; readonly identity: IdentityId } => ({
  credential: derivedId("crd", "okta", ORG, GRANTS[name].grantId),
  identity: derivedId("idn", "okta", ORG, GRANTS[name].clientId),
});
