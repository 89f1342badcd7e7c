export { type CaseRow, caseRows } from "./case-rows.ts";
export { caseView } from "./case-view.ts";
export type { ActView, CaseView, ItemView, LostView, MessageView, PersonView, QuestionView } from "./model.ts";
export { type UndoView, undoView } from "./undo-view.ts";
export { windDownsOf } from "./wind-downs-of.ts";
