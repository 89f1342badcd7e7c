import { auditExport, auditShow, auditVerify } from "./audit.ts";
import { brakeOn, brakeRelease, brakeStatus } from "./brake.ts";
import { caseAnswer } from "./case-answer.ts";
import { caseOpen } from "./case-open.ts";
import { caseUndo } from "./case-undo.ts";
import { caseList, caseRetry, caseShow } from "./cases.ts";
import { doctor } from "./doctor.ts";
import { personLink, personShow, personUnlink } from "./person.ts";
import { explained, findingList, ownsWhat, usedFor, whoOwns } from "./questions.ts";

/** Everything that can be asked of Leasehold, by its name on the wire: the words of the command, joined by a dash. */
export const calls = {
  who: whoOwns,
  owns: ownsWhat,
  explain: explained,
  used: usedFor,
  "case-list": caseList,
  "case-show": caseShow,
  "case-answer": caseAnswer,
  "case-undo": caseUndo,
  "case-retry": caseRetry,
  "case-open": caseOpen,
  "audit-show": auditShow,
  "audit-verify": auditVerify,
  "audit-export": auditExport,
  doctor,
  "finding-list": findingList,
  "brake-status": brakeStatus,
  "brake-on": brakeOn,
  "brake-release": brakeRelease,
  "person-show": personShow,
  "person-link": personLink,
  "person-unlink": personUnlink,
} as const;

export type CallName = keyof typeof calls;
