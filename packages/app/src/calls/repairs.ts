import { caseUndo } from "./case-undo.ts";
import type { Table } from "./model.ts";
import { reconciled } from "./reconcile.ts";

/** What puts right what was done, by a live look at the providers: it needs more than other acts, so on a stage it has a function of its own. */
export const repairs = { "case-undo": caseUndo, reconcile: reconciled } as const satisfies Table<"writes">;
