import { type Clock, Fault, type Instant } from "@leasehold/core/kernel";

/** What has work that becomes due: the bus, the interpreter, the schedule. */
export interface PumpPart {
  nextDue(): Instant | undefined;
  /** Does what is due now; returns how much that was. */
  run(): Promise<number>;
}

export interface Pump {
  /** Until nothing is due now: one part's work may be another one's. */
  settle(): Promise<void>;
  /** Lives through the time until then: jumps to each instant at which something is due, in order. */
  settleUntil(instant: Instant): Promise<void>;
}

const MOST_ROUNDS = 100_000;

/** Pumps one part after the other, always in the same order, so that a story told twice goes the same way. */
export function createPump(given: {
  readonly parts: readonly PumpPart[];
  readonly clock: { readonly now: Clock; jumpTo(instant: Instant): void };
}): Pump {
  const { parts, clock } = given;

  async function settle(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      let done = 0;
      for (const part of parts) done += await part.run();
      if (done === 0) return;
    }
    throw new Fault("Unexpected", "work makes work without end, and the clock stands still", { rounds: MOST_ROUNDS });
  }

  function nextDue(): Instant | undefined {
    return parts.flatMap((part) => part.nextDue() ?? []).sort()[0];
  }

  async function settleUntil(instant: Instant): Promise<void> {
    await settle();
    for (let due = nextDue(); due !== undefined && due <= instant; due = nextDue()) {
      const before = clock.now();
      clock.jumpTo(due);
      await settle();
      if (due <= before && nextDue() === due)
        throw new Fault("Unavailable", "something is due and will not be done: another process may hold it", { due });
    }
    clock.jumpTo(instant);
    await settle();
  }

  return { settle, settleUntil };
}
