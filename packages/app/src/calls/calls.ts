import { persons } from "./persons.ts";
import { plans } from "./plans.ts";
import { reads } from "./reads.ts";
import { repairs } from "./repairs.ts";
import { writes } from "./writes.ts";

/** Everything that can be asked of Leasehold, by its name on the wire: the words of the command, joined by a dash. */
export const calls = { ...reads, ...plans, ...writes, ...persons, ...repairs } as const;

export type CallName = keyof typeof calls;
export type CallInput<Name extends CallName> = Parameters<(typeof calls)[Name]["run"]>[1];
export type CallAnswer<Name extends CallName> = Awaited<ReturnType<(typeof calls)[Name]["run"]>>;
