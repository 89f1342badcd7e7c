import { announcePending } from "./announce-pending.ts";
import { caseStep } from "./case-step.ts";
import { drill } from "./drill.ts";
import { hear } from "./hear.ts";
import { ingestDue } from "./ingest-due.ts";
import { keepRootsDaily } from "./keep-roots.ts";
import { lookAgain } from "./look-again.ts";
import { openCase } from "./open-case.ts";
import { page } from "./page.ts";
import { pollFeeds } from "./poll-feeds.ts";
import { receive } from "./receive.ts";
import { recordUsageStep } from "./record-usage.ts";
import { reinstate } from "./reinstate.ts";
import { reviewUnresolved } from "./review-unresolved.ts";
import { ingestSignals } from "./signals.ts";
import type { Step } from "./step.ts";
import { sweepEstate, sweepOn } from "./sweep-estate.ts";
import { tellRefused } from "./tell-refused.ts";
import * as waits from "./waits.ts";
import { watchFeeds } from "./watch-feeds.ts";
import { watchUse } from "./watch-use.ts";
import * as windDowns from "./wind-downs.ts";

/** What stands behind each function: its input's schema, and the use case. Lambda and the laptop run these and no others. */
export const steps = {
  receive,
  "ingest-signals": ingestSignals,
  hear,
  page,
  "record-usage": recordUsageStep,
  "tell-refused": tellRefused,
  "open-case": openCase,
  reinstate,
  wake: waits.wake,
  "look-again": lookAgain,
  "wind-down-step": windDowns.windDownStep,
  "wind-down-delete": windDowns.windDownDelete,
  "wind-down-stuck": waits.windDownStuck,
  "case-step": caseStep,
  "case-stuck": waits.caseStuck,
  wait: waits.wait,
  "announce-pending": announcePending,
  "ingest-due": ingestDue,
  "restart-overdue": waits.restartOverdue,
  "watch-use": watchUse,
  "review-unresolved": reviewUnresolved,
  "sweep-estate": sweepEstate,
  "sweep-on": sweepOn,
  "poll-feeds": pollFeeds,
  "watch-feeds": watchFeeds,
  "keep-roots": keepRootsDaily,
  drill,
} as const satisfies Record<string, Step>;
export type StepName = keyof typeof steps;
