import type { HereAnswer } from "@leasehold/app/calls";

/** One drill, and the minutes to each of its stages. */
export type Past = HereAnswer<"drill-history">["drills"][number];
