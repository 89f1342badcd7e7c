import type { Route } from "@leasehold/core/connector";
import { loop } from "./machines/index.ts";

export { retried } from "./fault.ts";
export type { Machine } from "./machines/index.ts";

/** What a function may touch: `stacks/` makes one role from each line. */
export type Need = "graph" | "cases" | "trail" | "bus" | "runs" | "read" | "act" | "delete" | "desks";

/** The functions there are. What each does stands behind its name in `app/steps`. */
export const functions = {
  receive: { needs: ["graph", "bus"] },
  "open-case": { needs: ["graph", "cases", "trail", "bus"] },
  reinstate: { needs: ["graph", "cases", "trail", "read"] },
  wake: { needs: ["cases", "runs"] },
  "look-again": { needs: ["graph", "cases", "trail", "bus", "read"] },
  "wind-down-step": { needs: ["graph", "cases", "trail", "bus", "read", "act"] },
  "wind-down-delete": { needs: ["graph", "cases", "trail", "bus", "read", "delete"] },
  "wind-down-stuck": { needs: ["cases"] },
  "case-step": { needs: ["graph", "cases", "trail", "bus", "read", "desks"] },
  "case-stuck": { needs: ["cases"] },
  wait: { needs: ["cases", "runs"] },
  "announce-pending": { needs: ["graph", "cases", "bus"] },
  "ingest-due": { needs: ["graph", "bus"] },
  "restart-overdue": { needs: ["cases", "trail", "runs"] },
  "review-unresolved": { needs: ["graph", "cases", "trail", "bus"] },
  "sweep-estate": { needs: ["graph", "bus", "read"] },
} as const satisfies Record<string, { readonly needs: readonly Need[] }>;
export type Run = keyof typeof functions;

/** Which function answers which kind of outside event. The patterns are the connectors' own; AWS and the laptop route by the same ones. */
export const routes = {
  "identity-lifecycle": "receive",
  "credential-issued": "receive",
  "grant-created": "receive",
  "agent-deployed": "receive",
  exposure: "receive",
  usage: "receive",
} as const satisfies { readonly [R in Route]: Run };

/** What our own bus carries, and who listens. Anybody else's rules may listen too. */
export const reactions = [
  { on: ["person.left", "person.held"], run: "open-case" },
  { on: ["person.reinstated"], run: "reinstate" },
  { on: ["wind-down.changed", "case.changed", "case.opened"], run: "wake" },
  { on: ["credential.changed"], run: "look-again" },
] as const satisfies readonly { readonly on: readonly string[]; readonly run: Run }[];

export const schedules = [
  { every: "1 minute", run: "announce-pending" },
  { every: "1 minute", run: "ingest-due" },
  { every: "1 hour", run: "restart-overdue" },
  { every: "1 day", run: "review-unresolved" },
  { every: "1 day", run: "sweep-estate" },
] as const satisfies readonly { readonly every: string; readonly run: Run }[];

export const machines = {
  case: loop({
    about: "Asks people about everything that one person left behind.",
    step: "case-step",
    stuck: "case-stuck",
  }),
  "wind-down": loop({
    about: "Takes one credential down the rungs, and back where a person says so.",
    step: "wind-down-step",
    stuck: "wind-down-stuck",
    final: "wind-down-delete",
  }),
} as const;
