import type { AnswerOf } from "@leasehold/app/calls";

/** One drill, and the minutes to each of its stages. */
export type Past = AnswerOf<"drill-history">["drills"][number];
