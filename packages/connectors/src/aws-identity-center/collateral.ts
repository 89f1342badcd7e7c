import type { Collateral } from "@leasehold/core/connector";

/** What Identity Center does besides. */
export const collateral: readonly Collateral[] = [
  {
    ...{ credential: "user", verb: "disable", by: "hand", sessionsLive: 12 },
    what: "Sessions of roles that they have opened go on until they expire: as long as the permission set says, 12 hours at most.",
    instead: "Deny by identitystore:UserId what must end at once.",
    source: "https://docs.aws.amazon.com/singlesignon/latest/userguide/authconcept-revoke-access.html",
  },
];
