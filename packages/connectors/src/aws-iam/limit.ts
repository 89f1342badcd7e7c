import type { Limit } from "@leasehold/core/pace";

/** AWS names no number: a bucket for each API of an account, none of which can be raised. This is where we begin, and a refusal halves it. */
export const limit: Limit = {
  ...{ calls: 600, seconds: 60, burst: 20, change: 1, published: false },
  source: "https://aws.amazon.com/blogs/security/how-to-monitor-and-query-iam-resources-at-scale-part-2/",
};
