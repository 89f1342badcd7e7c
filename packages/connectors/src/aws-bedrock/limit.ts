import type { Limit } from "@leasehold/core/pace";

/** Ten calls a second is what the quotas name for most of these APIs, in an account and Region; five leaves room for whoever builds agents. */
export const limit: Limit = {
  ...{ calls: 300, seconds: 60, burst: 10, change: 1, published: true },
  source: "https://docs.aws.amazon.com/general/latest/gr/bedrock.html",
};
