export { type Exported, exportOne, exportPage } from "./export.ts";
export { type CaseReport, caseReport, ReportPlace, reportPage } from "./report.ts";
export { sinceOf } from "./since.ts";
export {
  noSuchTrail,
  once,
  type TrailView,
  type Verified,
  verifyOne,
  verifyPage,
  verifyTrails,
  walked,
} from "./verify.ts";
export { everyTrail, type Found, Place, type TrailPorts, windDownsOf } from "./walk.ts";
