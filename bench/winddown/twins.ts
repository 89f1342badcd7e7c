import type { Limit } from "@leasehold/core/pace";
import { limit as iam } from "../../packages/connectors/src/aws-iam/limit.ts";
import { limit as okta } from "../../packages/connectors/src/okta/limit.ts";
import type { Twin } from "./twin.ts";

const published = (calls: number, seconds: number, burst: number, change: number, source: string): Limit => ({
  ...{ calls, seconds, burst, change, published: true, source },
});

/** AWS and Okta as our connectors declare them, the others as their pages say. IAM's number is nobody's: AWS publishes none. */
export const twins: readonly Twin[] = [
  { id: "aws-iam", limit: iam, settles: 10, part: 40 },
  {
    ...{ id: "github", settles: 5, part: 20 },
    limit: published(900, 60, 60, 5, "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api"),
  },
  {
    ...{ id: "entra", settles: 30, part: 20 },
    limit: published(3_000, 150, 100, 1, "https://learn.microsoft.com/en-us/graph/throttling-limits"),
  },
  { id: "gcp", settles: 120, part: 10, limit: published(600, 60, 60, 1, "https://cloud.google.com/iam/quotas") },
  { id: "okta", settles: 5, part: 10, limit: okta },
];
