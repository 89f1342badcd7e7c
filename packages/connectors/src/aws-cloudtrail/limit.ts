import type { Limit } from "@leasehold/core/pace";

/** Ten calls a second is what AWS names for these reads, in an account and Region; two leave room for everybody else's. */
export const limit: Limit = {
  ...{ calls: 120, seconds: 60, burst: 4, change: 1, published: true },
  source: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html",
};
