import type { Limit } from "@leasehold/core/pace";

/**
 * A thousand reads of a user in a minute and six hundred changes, of which a new app gets half; a change counts double. The system
 * log has 120 at the most, and half of that.
 */
export const limit: Limit = {
  ...{ calls: 500, seconds: 60, burst: 50, change: 2, published: true },
  source: "https://developer.okta.com/docs/reference/rl-global-mgmt/",
};
export const LOG_COUNTS = Math.ceil(limit.calls / 60);
