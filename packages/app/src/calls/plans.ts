import { configCheck, planned } from "./foreseen.ts";
import type { Table } from "./model.ts";

/** Questions of what would be. They need the whole of what decides, so on a stage they have a function of their own; it cannot write either. */
export const plans = {
  plan: planned,
  "config-check": configCheck,
} as const satisfies Table<"reads">;
