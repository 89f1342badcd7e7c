import type { Collateral } from "@leasehold/core/connector";
import { ASSIGNMENT } from "./handles.ts";

/** What Identity Center does besides. */
export const collateral: readonly Collateral[] = [
  {
    ...{ credential: ASSIGNMENT, verb: "disable", by: "us", sessionsLive: 12 },
    what: "The user can open no more sessions of that permission set in that account; those that they have opened go on until they expire.",
    instead: "A service control policy that denies by identitystore:userId ends them at once, on every role.",
    source: "https://docs.aws.amazon.com/singlesignon/latest/userguide/revoke-user-permissions.html",
  },
  {
    ...{ credential: "user", verb: "disable", by: "hand", sessionsLive: 12 },
    what: "Sessions of roles that they have opened go on until they expire: as long as the permission set says, 12 hours at most.",
    instead: "Deny by identitystore:UserId what must end at once.",
    source: "https://docs.aws.amazon.com/singlesignon/latest/userguide/authconcept-revoke-access.html",
  },
];
