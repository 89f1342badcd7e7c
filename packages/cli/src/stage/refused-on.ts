import { REFUSALS, type Refusal } from "@leasehold/core/connector";
import { badInput, dayOf, type Instant, instantOf, later, millisOf, unavailable } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { checked } from "./address.ts";
import { awsFault, refused } from "./faults.ts";
import { signedHeaders } from "./signed.ts";
import type { Stage } from "./stage.ts";
import { textOf, unreachable } from "./transfer.ts";

/** What one way in refused on one day, by why. */
export interface RefusedDay {
  readonly connector: string;
  readonly day: Instant; // its beginning, in UTC
  readonly counts: Readonly<Record<Refusal, number>>;
}

const PERMISSION = "cloudwatch:GetMetricData";
const DAYS = 7;
const DAY = 86_400; // seconds
const PATIENCE = 10_000; // milliseconds
const PAGES = 10; // a few numbers are one page

const Page = z.object({
  MetricDataResults: z.array(
    z.object({
      ...{ Id: z.string(), Timestamps: z.array(z.number()), Values: z.array(z.number()) },
      StatusCode: z.optional(z.string()),
    }),
  ),
  NextToken: z.nullish(z.string()),
});
type Result = z.infer<typeof Page>["MetricDataResults"][number];

interface Where {
  readonly region: string;
  readonly at?: string | undefined; // another address of CloudWatch's, as AWS_ENDPOINT_URL_CLOUDWATCH names it
}

/**
 * The stage's own numbers, as packages/functions writes them, read as whoever asks: a person who operates a stage needs no right
 * of a function's for it, and no function one of theirs. Today first; none of a day on which nothing was refused.
 */
export async function refusedOn(
  stage: Stage,
  where: Where,
  connectors: readonly string[],
  now: Instant,
): Promise<readonly RefusedDay[]> {
  const asked = connectors.flatMap((connector) => REFUSALS.map((why) => ({ connector, why })));
  const results = asked.length === 0 ? [] : await all(stage, where, asked, now);
  const days = Array.from({ length: DAYS }, (_, ago) => dayOf(later(now, -24 * ago)));
  return connectors.flatMap((connector) =>
    days.flatMap((day) => {
      const on = (why: Refusal) => {
        const nth = asked.findIndex((one) => one.connector === connector && one.why === why);
        return sumOf(
          results.filter(({ Id }) => Id === `q${nth}`),
          day,
        );
      };
      const counts = Object.fromEntries(REFUSALS.map((why) => [why, on(why)])) as RefusedDay["counts"];
      return Object.values(counts).some((count) => count > 0) ? [{ connector, day, counts }] : [];
    }),
  );
}

const sumOf = (results: readonly Result[], day: Instant): number =>
  results
    .flatMap(({ Timestamps, Values }) =>
      Timestamps.map((at, nth) => (dayOf(instantOf(at * 1_000)) === day ? (Values[nth] ?? 0) : 0)),
    )
    .reduce((sum, one) => sum + one, 0);

async function all(
  stage: Stage,
  where: Where,
  asked: readonly { readonly connector: string; readonly why: Refusal }[],
  now: Instant,
): Promise<readonly Result[]> {
  const seconds = (at: Instant) => millisOf(at) / 1_000;
  const question = {
    StartTime: seconds(dayOf(later(now, -24 * (DAYS - 1)))),
    EndTime: seconds(dayOf(later(now, 24))),
    MetricDataQueries: asked.map(({ connector, why }, nth) => ({
      Id: `q${nth}`,
      MetricStat: {
        Metric: {
          ...{ Namespace: "Leasehold", MetricName: "RequestsRefused" },
          Dimensions: Object.entries({ service: stage.name, connector, why }).map(([Name, Value]) => ({ Name, Value })),
        },
        ...{ Period: DAY, Stat: "Sum" },
      },
    })),
  };
  const results: Result[] = [];
  let next: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const { MetricDataResults, NextToken } = await once(
      stage,
      where,
      next ? { ...question, NextToken: next } : question,
    );
    results.push(...MetricDataResults);
    if (!NextToken) return whole(results);
    next = NextToken;
  }
  throw unavailable("aws");
}

/** A number that CloudWatch could not tell to its end is none: nobody takes it for a day on which nothing was refused. */
function whole(results: readonly Result[]): readonly Result[] {
  const last = new Map(results.map(({ Id, StatusCode = "Complete" }) => [Id, StatusCode]));
  const codes = [...last.values()];
  if (codes.includes("Forbidden")) throw refused(PERMISSION);
  if (codes.some((code) => code !== "Complete")) throw unavailable("aws");
  return results;
}

/** docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html, in its JSON protocol: one call needs no client. */
async function once(stage: Stage, { region, at }: Where, question: object) {
  const url = checked(at ?? `https://monitoring.${region}.amazonaws.com/`, "AWS_ENDPOINT_URL_CLOUDWATCH");
  const body = JSON.stringify(question);
  const said = {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": "GraniteServiceVersion20100801.GetMetricData",
  };
  const sent = { url, body, service: "monitoring", permission: PERMISSION, headers: said };
  const headers = await signedHeaders(stage, { region }, sent);
  const asked = fetch(url, {
    method: "POST",
    ...{ headers, body, redirect: "error", signal: AbortSignal.timeout(PATIENCE) },
  });
  const response = await asked.catch(unreachable);
  const text = await textOf(response);
  if (response.status !== 200) throw awsFault(errorIn(response.status, text), PERMISSION);
  const read = Page.safeParse(jsonIn(text));
  if (!read.success) throw badInput("this is no answer of CloudWatch's", { status: response.status });
  return read.data;
}

/** As the SDK would throw it: only its name is looked at. */
function errorIn(status: number, text: string): Error {
  const { data } = z.object({ __type: z.string() }).safeParse(jsonIn(text));
  const name = data?.__type.split("#").at(-1) ?? (status === 403 ? "AccessDenied" : "");
  return Object.assign(new Error(""), { name, $fault: status < 500 ? "client" : "server" });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
