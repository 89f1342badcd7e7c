import type { Limit } from "@leasehold/core/pace";

/** At least fifty calls a minute of each method. A question is three calls of three methods, so that all together may have twice that. */
export const limit: Limit = {
  ...{ calls: 100, seconds: 60, burst: 20, change: 1, published: true },
  source: "https://docs.slack.dev/apis/web-api/rate-limits/",
};
