import type { Table } from "./model.ts";
import { reconciled } from "./reconcile.ts";

/** What puts the store right by looking at the providers. It needs what settles an act, so on a stage it has a function of its own. */
export const repairs = { reconcile: reconciled } as const satisfies Table<"writes">;
