import type { Limit } from "@leasehold/core/pace";

/** Twenty calls a second, of all callers of the identity store together. */
export const limit: Limit = {
  ...{ calls: 20, seconds: 1, burst: 5, change: 1, published: true },
  source: "https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html",
};
