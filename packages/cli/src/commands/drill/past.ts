import type { CallAnswer } from "@leasehold/app/calls";

/** One drill, and the minutes to each of its stages. */
export type Past = CallAnswer<"drill-history">["drills"][number];
