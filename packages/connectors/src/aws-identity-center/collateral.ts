import type { Collateral } from "@leasehold/core/connector";
import { ASSIGNMENT, SET_SESSIONS } from "./handles.ts";

/** What Identity Center does besides. */
export const collateral: readonly Collateral[] = [
  {
    ...{ credential: ASSIGNMENT, verb: "disable", by: "us", sessionsLive: 12 },
    what: "The user can open no more sessions of that permission set in that account; those that they have opened go on until they expire.",
    instead:
      "A service control policy that denies by identitystore:userId ends them at once, on every role. With `contain: true` the sessions of each permission set are an item of their own.",
    source: "https://docs.aws.amazon.com/singlesignon/latest/userguide/revoke-user-permissions.html",
  },
  {
    ...{ credential: SET_SESSIONS, verb: "end-sessions", by: "us" },
    what: "The user can do nothing with this permission set in any account, in sessions that are open and in new ones, also where they are let in through a group; with other permission sets they go on. Everybody else of it keeps their access; the set is provisioned anew in all its accounts, which takes some minutes, and the statement takes room in its inline policy until it is taken back. What manages the permission set as code takes it out again.",
    source: "https://docs.aws.amazon.com/singlesignon/latest/userguide/prereqs-revoking-user-permissions.html",
  },
  {
    ...{ credential: "user", verb: "disable", by: "hand", sessionsLive: 12 },
    what: "Sessions of roles that they have opened go on until they expire: as long as the permission set says, 12 hours at most.",
    instead: "Deny by identitystore:UserId what must end at once.",
    source: "https://docs.aws.amazon.com/singlesignon/latest/userguide/authconcept-revoke-access.html",
  },
];
