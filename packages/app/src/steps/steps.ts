import * as cases from "./cases.ts";
import { receive } from "./receive.ts";
import type { Step } from "./step.ts";
import * as sweeps from "./sweeps.ts";
import * as waits from "./waits.ts";
import * as windDowns from "./wind-downs.ts";

/** What stands behind each function: its input's schema, and the use case. Lambda and the laptop run these and no others. */
export const steps = {
  receive,
  "open-case": cases.openCase,
  reinstate: cases.reinstate,
  wake: waits.wake,
  "look-again": windDowns.lookAgain,
  "wind-down-step": windDowns.windDownStep,
  "wind-down-delete": windDowns.windDownDelete,
  "wind-down-stuck": waits.windDownStuck,
  "case-step": cases.caseStep,
  "case-stuck": waits.caseStuck,
  wait: waits.wait,
  "announce-pending": sweeps.announcePending,
  "ingest-due": sweeps.ingestDue,
  "restart-overdue": waits.restartOverdue,
  "review-unresolved": windDowns.reviewUnresolved,
  "sweep-estate": sweeps.sweepEstate,
} as const satisfies Record<string, Step>;
export type StepName = keyof typeof steps;
