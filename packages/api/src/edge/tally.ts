import { NONE, type Refusals } from "@leasehold/app/refusals";
import type { Log } from "@leasehold/app/world";
import { type Clock, dayOf, Fault, type Instant, laterBy } from "@leasehold/core/kernel";
import type { Refused } from "./model.ts";

const EVERY_SECONDS = 60;

/** Counts what one way in refuses, in memory, and gives it away at most once a minute, however many knock. */
export interface Tally {
  refused(refused: Refused): Promise<void>;
  /** Gives away what is left and a minute old; `all`: whatever is left. */
  settle(all?: boolean): Promise<void>;
}

interface Parts {
  readonly connector: string;
  readonly clock: Clock;
  readonly log: Log;
  keep(refusals: Refusals): Promise<void>;
}

export function tallying({ connector, clock, log, keep }: Parts): Tally {
  let left: Refusals | undefined;
  let last: Instant | undefined; // when it was given away
  const give = async () => {
    const given = left;
    if (given === undefined) return;
    [left, last] = [undefined, clock()]; // whoever comes meanwhile begins another
    try {
      await keep(given);
    } catch (error) {
      left = left === undefined ? given : sumOf(given, left);
      log("warn", "refused requests not counted yet", {
        ...{ connector, fault: error instanceof Fault ? error.name : "Unexpected" },
      });
    }
  };
  const settle = async (all = false) => {
    if (all || last === undefined || clock() >= laterBy(last, EVERY_SECONDS)) await give();
  };
  return {
    settle,
    refused: async ({ why, seconds }) => {
      if (why === "probe") return;
      const day = dayOf(clock());
      if (left !== undefined && left.day !== day) await give();
      const one = { connector, day, counts: { ...NONE, [why]: 1 }, ...(seconds !== undefined && { seconds }) };
      left = left === undefined ? one : sumOf(left, one);
      await settle();
    },
  };
}

function sumOf(a: Refusals, b: Refusals): Refusals {
  const { unproved, signature, time, content } = a.counts;
  const counts = {
    ...{ unproved: unproved + b.counts.unproved, signature: signature + b.counts.signature },
    ...{ time: time + b.counts.time, content: content + b.counts.content },
  };
  return { ...a, ...b, counts };
}
