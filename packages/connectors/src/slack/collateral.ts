import type { Collateral } from "@leasehold/core/connector";

/** What Slack does besides. No action of ours is on a token of Slack's. */
export const collateral: readonly Collateral[] = [
  {
    ...{ credential: "user token", verb: "revoke", by: "hand" },
    what: "Revoking one person's token has ended the app's bot token that everybody shared.",
    instead: "Install the app anew by somebody who stays, before the token is revoked.",
    source: "https://github.com/matrix-org/matrix-appservice-slack/pull/220",
  },
  {
    ...{ credential: "bot token", verb: "revoke", by: "hand" },
    what: "The app stays installed; its bot user is switched off and leaves all its channels.",
    source: "https://api.slack.com/methods/auth.revoke",
  },
];
