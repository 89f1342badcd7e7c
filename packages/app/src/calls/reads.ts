import { auditExport, auditShow, auditVerify } from "./audit.ts";
import { brakeStatus } from "./brake-status.ts";
import { caseList, caseShow } from "./cases.ts";
import { doctor } from "./doctor.ts";
import { drillPast } from "./drill-history.ts";
import type { Table } from "./model.ts";
import { personShow } from "./person-show.ts";
import { explained, findingList, firstLooked, ownsWhat, usedFor, whoOwns } from "./questions.ts";
import { auditReport, report } from "./report.ts";

/** Questions of how things stand, and of how they came to. On a stage they are put to a function that has no right to write. */
export const reads = {
  who: whoOwns,
  owns: ownsWhat,
  explain: explained,
  used: usedFor,
  "case-list": caseList,
  "case-show": caseShow,
  "audit-show": auditShow,
  "audit-verify": auditVerify,
  "audit-export": auditExport,
  "audit-report": auditReport,
  report,
  doctor,
  "finding-list": findingList,
  "first-look": firstLooked,
  "brake-status": brakeStatus,
  "person-show": personShow,
  "drill-history": drillPast,
} as const satisfies Table<"reads">;
