import type { Route } from "@leasehold/core/connector";
import { loop } from "./machines/index.ts";

export { retried } from "./fault.ts";
export type { Machine } from "./machines/index.ts";
export { type Changing, changesBy, nameOn, RIGHTS, type Right } from "./names.ts";

/**
 * What a function may touch: `stacks/` makes one role from each line. `graph`, `cases` and `trail` are rows of the table, which `rows` only reads; `life` says which table it is; `usage` is what is read of another table, and `counts` who writes there, and `beats` that a source was heard; `files` are a trail's, in a bucket that the settings name;
 * `read`, `act`, `contain`, `delete` and `desks` are other functions, one for each connector and right, where alone its secrets are.
 */
export type Need =
  | "rows"
  | "graph"
  | "usage"
  | "counts"
  | "beats"
  | "cases"
  | "trail"
  | "life"
  | "archive"
  | "signals"
  | "raw"
  | "bus"
  | "runs"
  | "roots"
  | "files"
  | "read"
  | "act"
  | "contain"
  | "delete"
  | "desks";

/** The functions there are. What each does stands behind its name in `app/steps`, or in `packages/functions` where only AWS has it. */
export const functions = {
  receive: { needs: ["graph", "archive", "signals", "bus"] },
  "ingest-signals": { needs: ["graph", "archive", "bus"] },
  "record-usage": { needs: ["counts", "beats"] },
  "read-files": { needs: ["counts", "beats", "files"] },
  "open-case": { needs: ["graph", "cases", "trail", "bus"] },
  reinstate: { needs: ["graph", "cases", "trail", "bus", "read"] },
  wake: { needs: ["cases", "runs"] },
  "look-again": { needs: ["graph", "cases", "trail", "bus", "read"] },
  hear: { needs: ["graph", "cases", "trail", "bus", "runs", "read", "desks"] },
  page: { needs: ["graph", "cases", "read", "desks"] },
  "tell-refused": { needs: ["graph", "usage", "cases", "read", "desks"] },
  "call-reads": { needs: ["rows", "usage", "read"] },
  "call-plans": { needs: ["rows", "usage", "read"] },
  "call-writes": { needs: ["graph", "usage", "cases", "trail", "bus", "runs", "read"] },
  "call-persons": { needs: ["graph", "archive", "cases", "bus", "runs", "read"] },
  "call-repairs": { needs: ["graph", "usage", "cases", "trail", "bus", "runs", "read", "life"] },
  "wind-down-step": { needs: ["graph", "usage", "cases", "trail", "bus", "read", "act", "contain", "life"] },
  "wind-down-delete": { needs: ["graph", "usage", "cases", "trail", "bus", "read", "delete", "life"] },
  "wind-down-stuck": { needs: ["cases"] },
  "case-step": { needs: ["graph", "usage", "cases", "trail", "bus", "read", "desks"] },
  "case-stuck": { needs: ["cases"] },
  wait: { needs: ["cases", "runs"] },
  "announce-pending": { needs: ["graph", "cases", "bus"] },
  "ingest-due": { needs: ["graph", "archive", "bus"] },
  "restart-overdue": { needs: ["cases", "trail", "runs"] },
  "watch-use": { needs: ["graph", "usage", "cases", "trail", "bus", "read"] },
  "review-unresolved": { needs: ["graph", "usage", "cases", "trail", "bus", "read"] },
  "sweep-estate": { needs: ["graph", "archive", "cases", "bus", "read"] },
  "sweep-on": { needs: ["graph", "archive", "cases", "bus", "read"] },
  "poll-feeds": { needs: ["graph", "archive", "cases", "bus", "read"] },
  "watch-feeds": { needs: ["graph", "cases", "bus"] },
  drill: { needs: ["graph", "cases", "trail", "bus"] },
  "take-pulse": { needs: ["graph", "cases", "trail", "life"] },
  "keep-roots": { needs: ["cases", "trail", "roots"] },
  "redrive-raw": { needs: ["raw", "signals"] },
} as const satisfies Record<string, { readonly needs: readonly Need[] }>;
export type Run = keyof typeof functions;

/** Which function answers which kind of outside event. The patterns are the connectors' own; AWS and the laptop route by the same ones. */
export const routes = {
  "identity-lifecycle": "receive",
  "credential-issued": "receive",
  "grant-created": "receive",
  "agent-deployed": "receive",
  exposure: "receive",
  usage: "record-usage",
} as const satisfies { readonly [R in Route]: Run };

/**
 * Where AWS delivers the events of a service, if not in the region where it was called: global services are heard in one
 * region only, and their events take one hop home.
 */
export const heardIn: Readonly<Record<string, string>> = {
  "aws.health": "us-east-1",
  "aws.iam": "us-east-1",
  "aws.organizations": "us-east-1",
};

/** What our own bus carries, and who listens. Anybody else's rules may listen too. */
export const reactions = [
  { on: ["person.left", "person.held", "person.moved", "credential.exposed"], run: "open-case" },
  { on: ["person.reinstated"], run: "reinstate" },
  { on: ["wind-down.changed", "case.changed", "case.opened"], run: "wake" },
  { on: ["credential.changed"], run: "look-again" },
  { on: ["finding.raised"], run: "page" },
] as const satisfies readonly { readonly on: readonly string[]; readonly run: Run }[];

/**
 * What waits in line on AWS: signals that could not be written at once or came over HTTP, what a desk heard, and calls that are
 * counted by the thousand. On the laptop it waits on the bus.
 */
export const queues = {
  signals: "ingest-signals",
  heard: "hear",
  usage: "record-usage",
} as const satisfies Record<string, Run>;

/** What waits in line on AWS alone, and only where the settings say where a trail's files lie. The laptop imports them. */
export const filed = { files: "read-files" } as const satisfies Record<string, Run>;

export const schedules = [
  { every: "1 minute", run: "announce-pending" },
  { every: "1 minute", run: "ingest-due" },
  { every: "15 minutes", run: "poll-feeds" },
  { every: "15 minutes", run: "tell-refused" },
  { every: "15 minutes", run: "sweep-on" }, // goes on with what a sweep did not come to the end of
  { every: "1 hour", run: "watch-feeds" },
  { every: "1 hour", run: "restart-overdue" },
  { every: "1 hour", run: "drill" }, // begins one when the configuration's span is over, and follows the one that runs
  { every: "6 hours", run: "watch-use" },
  { every: "1 day", run: "review-unresolved" },
  { every: "1 day", run: "sweep-estate" },
  { every: "1 day", run: "keep-roots" },
] as const satisfies readonly { readonly every: string; readonly run: Run }[];

/** What AWS alone needs: gauges for its alarms, and what a rule could not deliver. */
export const watches = [
  { every: "15 minutes", run: "take-pulse" },
  { every: "15 minutes", run: "redrive-raw" },
] as const satisfies readonly { readonly every: string; readonly run: Run }[];

export const machines = {
  case: /* @__PURE__ */ loop({
    about: "Asks people about everything that one person left behind.",
    step: "case-step",
    stuck: "case-stuck",
  }),
  "wind-down": /* @__PURE__ */ loop({
    about: "Takes one credential down the rungs, and back where a person says so.",
    step: "wind-down-step",
    stuck: "wind-down-stuck",
    final: "wind-down-delete",
  }),
} as const;
