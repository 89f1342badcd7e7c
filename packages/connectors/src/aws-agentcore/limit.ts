import type { Limit } from "@leasehold/core/pace";

/** AWS names five a second for most of these APIs, in an account and Region; this leaves room for whoever builds agents. */
export const limit: Limit = {
  ...{ calls: 180, seconds: 60, burst: 5, change: 1, published: true },
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html",
};

/** Beside the control plane: all that one act asks goes at once, for it has seconds, and the next one waits. */
export const besides: Limit = {
  ...{ calls: 300, seconds: 60, burst: 40, change: 1, published: false },
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html",
};
