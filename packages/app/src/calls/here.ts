import { calls } from "./calls.ts";
import { drill, drillPast } from "./drill.ts";
import { configCheck, planned } from "./foreseen.ts";
import { auditReport, report } from "./report.ts";

/** What a terminal on the laptop may ask beside: the stage's API has no room for it in its one function (400 kB). */
export const here = {
  ...calls,
  plan: planned,
  "config-check": configCheck,
  "audit-report": auditReport,
  report,
  drill,
  "drill-history": drillPast,
} as const;

export type HereName = keyof typeof here;
export type HereInput<Name extends HereName> = Parameters<(typeof here)[Name]["run"]>[1];
export type HereAnswer<Name extends HereName> = Awaited<ReturnType<(typeof here)[Name]["run"]>>;
