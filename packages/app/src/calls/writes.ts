import { brakeOn, brakeRelease } from "./brake.ts";
import { caseAnswer } from "./case-answer.ts";
import { caseOpen } from "./case-open.ts";
import { caseRetry } from "./case-retry.ts";
import { drill } from "./drill.ts";
import type { Table } from "./model.ts";

/** Every act of a person. On a stage they are put to a function of their own. */
export const writes = {
  "case-answer": caseAnswer,
  "case-retry": caseRetry,
  "case-open": caseOpen,
  "brake-on": brakeOn,
  "brake-release": brakeRelease,
  drill,
} as const satisfies Table<"writes">;
