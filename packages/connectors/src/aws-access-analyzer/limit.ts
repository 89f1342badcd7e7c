import type { Limit } from "@leasehold/core/pace";

/** AWS names no rate for these calls; two a second is where we begin. */
export const limit: Limit = {
  ...{ calls: 120, seconds: 60, burst: 4, change: 1, published: false },
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html",
};
