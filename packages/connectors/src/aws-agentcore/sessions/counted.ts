import { denied, millisOf, unavailable } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { askAws } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import type { Runtime } from "./runtime.ts";

/** https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-lifecycle-settings.html: no session lives longer. */
export const LIVES = 8 * 3_600; // seconds
const PERIOD = 300; // seconds, in which CloudWatch counts here
/** A session that is alive was called at its beginning: so it is in this, whatever period that falls into. */
export const WINDOW = LIVES + 2 * PERIOD; // seconds

/**
 * When a look back can be believed: a call that began before an act and is counted when it ends, an hour later at the most, and a
 * while until CloudWatch shows it, must be behind what is looked at.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html
 */
export const SETTLES = WINDOW + 6_600; // seconds: ten hours in all

export const COUNTS = "cloudwatch:GetMetricData";
const PAGES = 10; // a few numbers are one page

const Page = z.object({
  MetricDataResults: z.array(z.object({ Values: z.array(z.number()), StatusCode: z.optional(z.string()) })),
  NextToken: z.nullish(z.string()),
});

/**
 * Whether any call of the runtime was counted lately, at any of its endpoints, by any way of calling it. AWS counts by itself,
 * whatever role the runtime has. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-runtime-metrics.html
 */
export async function isCalled(api: Api, { region, arn }: Runtime): Promise<boolean> {
  const now = millisOf(api.now()) / 1_000;
  const from = Math.floor((now - WINDOW) / PERIOD) * PERIOD;
  const question = {
    ...{ StartTime: from, EndTime: Math.ceil((now + 1) / PERIOD) * PERIOD },
    MetricDataQueries: [{ Id: "calls", Expression: expressionFor(arn) }],
  };
  let next: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await askAws(COUNTS, () =>
      api.ask(region, COUNTS, { ...question, ...(next && { NextToken: next }) }),
    );
    const { success, data } = Page.safeParse(answer);
    if (!success) throw unavailable("aws");
    if (data.MetricDataResults.some(({ Values }) => Values.some((count) => count > 0))) return true;
    next = data.NextToken ?? undefined;
    if (next === undefined) return whole(data.MetricDataResults);
  }
  throw unavailable("aws"); // a count without an end is none
}

/** By the namespace alone, so that no dimension that AWS adds hides what is counted. The ARN has nothing in it that a quote would end. */
const expressionFor = (arn: string) =>
  `SEARCH('Namespace="AWS/Bedrock-AgentCore" MetricName="Invocations" Resource="${arn}"', 'Sum', ${PERIOD})`;

/** What CloudWatch could not tell to its end is no zero. */
function whole(results: z.infer<typeof Page>["MetricDataResults"]): false {
  const codes = results.map(({ StatusCode = "Complete" }) => StatusCode);
  if (codes.includes("Forbidden")) throw denied("aws", COUNTS);
  if (codes.some((code) => code !== "Complete")) throw unavailable("aws");
  return false;
}
