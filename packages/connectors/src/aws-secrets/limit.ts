import type { Limit } from "@leasehold/core/pace";

/** Secrets Manager names fifty a second for most of these, Parameter Store no number for its lists: this is where we begin. */
export const limit: Limit = {
  ...{ calls: 600, seconds: 60, burst: 10, change: 1, published: false },
  source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html",
};
