import type { Limit } from "@leasehold/core/pace";

/** Atlassian says by which rules it limits, and for an API token no number. This is where we begin, and a refusal halves it. */
export const limit: Limit = {
  ...{ calls: 300, seconds: 60, burst: 20, change: 1, published: false },
  source: "https://developer.atlassian.com/cloud/jira/platform/rate-limiting/",
};
