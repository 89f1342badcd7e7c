import type { Collateral } from "@leasehold/core/connector";

const TOKENS =
  "https://docs.github.com/organizations/managing-programmatic-access-to-your-organization/reviewing-and-revoking-personal-access-tokens-in-your-organization";

/** What GitHub does besides. No action of ours is on a token of GitHub's yet. */
export const collateral: readonly Collateral[] = [
  {
    ...{ credential: "fine-grained personal access token", verb: "revoke", by: "hand" },
    what: "SSH keys that were made with it go on working, and it still reads what is public.",
    instead: "Look for keys that it made, and remove them, too.",
    source: TOKENS,
  },
  {
    ...{ credential: "personal access token (classic)", verb: "revoke", by: "hand" },
    what: "Owners of an organisation neither see nor revoke one there: unless their policy forbids the kind, it goes on until it expires.",
    instead: "Forbid classic tokens by the organisation's policy.",
    source: TOKENS,
  },
  {
    ...{ credential: "fine-grained personal access token", verb: "disable", by: "hand" },
    what: "Suspending a user has made their tokens vanish from the organisation's list of tokens, so that nobody could revoke them there (one report).",
    instead: "Revoke the tokens first, then suspend.",
    source: "https://github.com/malbeclabs/doublezero/issues/3745",
  },
];
