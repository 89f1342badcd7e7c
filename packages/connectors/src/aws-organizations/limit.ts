import type { Limit } from "@leasehold/core/pace";

/** AWS counts these calls for the whole organisation, whoever makes them: one a second is where we begin. */
export const limit: Limit = {
  ...{ calls: 60, seconds: 60, burst: 5, change: 1, published: false },
  source: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html",
};
