import type { Collateral } from "@leasehold/core/connector";

/** What Google Workspace does besides. No action of ours is on its grants. */
export const collateral: readonly Collateral[] = [
  {
    ...{ credential: "oauth grant", verb: "revoke", by: "hand" },
    what: "A new password ends tokens of mail scopes alone: those of other scopes and of Apps Script go on.",
    instead: "Revoke each app's tokens of that user by themselves.",
    source: "https://support.google.com/a/answer/6328616",
  },
];
