import type { Collateral } from "@leasehold/core/connector";

/** What Okta does besides. */
export const collateral: readonly Collateral[] = [
  {
    ...{ credential: "oauth grant", verb: "revoke", by: "us" },
    what: "It takes back one scope of one app for one user. Tokens that the app was given are revoked by calls of their own: one that it holds may go on until it expires.",
    instead: "Revoke the user's refresh tokens of that app, too: what they opened ends with them.",
    source: "https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserOAuth",
  },
  {
    ...{ credential: "user", verb: "disable", by: "hand" },
    what: "Deactivating a user takes every app away from them; when they are brought back, some apps must be assigned anew.",
    instead: "Suspend where they may come back: apps and groups stay.",
    source: "https://help.okta.com/en-us/Content/Topics/users-groups-profiles/usgp-deactivate-user-account.htm",
  },
];
