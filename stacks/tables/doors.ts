import { persons, plans, reads, repairs, type Table, writes } from "@leasehold/app/calls";
import type { Run } from "@leasehold/workflows";

/** Which function answers which calls of people. */
export const answering = {
  "call-reads": reads,
  "call-plans": plans,
  "call-writes": writes,
  "call-persons": persons,
  "call-repairs": repairs,
} as const satisfies { readonly [R in Run]?: Table };
export type Answering = keyof typeof answering;

/** It takes every name that is no other's: who asks for what is no call is told so where nothing can be written. */
export const OTHERS = "call-reads";

/** Of each other function the calls that are its own, by name. */
export const doors: readonly { readonly run: Answering; readonly calls: readonly string[] }[] = (
  Object.keys(answering) as Answering[]
)
  .filter((run) => run !== OTHERS)
  .map((run) => ({ run, calls: Object.keys(answering[run]) }));
