import { type Clock, Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";

/** An event as EventBridge delivers it. Everything beyond the three is for the patterns and the targets. */
export const BusEvent = z.looseObject({
  id: z.string().check(z.minLength(1)),
  source: z.string().check(z.minLength(1)),
  time: Instant,
});
export type BusEvent = Readonly<z.input<typeof BusEvent>>;

/** Which events go to which function. */
export interface Rule {
  readonly name: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly target: string;
}

/** EventBridge's own limits unless said otherwise. */
export interface BusLimits {
  readonly retries: number; // after the first attempt
  readonly ageHours: number; // an event that could not be delivered for so long is a dead letter
  readonly deadHours: number; // a dead letter is kept for so long, then its event is deleted
  readonly concurrency: number;
  readonly handlerMillis: number; // real time
}

export const LIMITS: BusLimits = {
  retries: 185,
  ageHours: 24,
  deadHours: 96,
  concurrency: 8,
  handlerMillis: 15 * 60_000,
};

/** An event that its target would not take. Only the class of the last fault is known. */
export interface DeadLetter {
  readonly id: number;
  readonly event: string;
  readonly source: string;
  readonly rule: string;
  readonly target: string;
  readonly attempts: number;
  readonly fault: string;
  readonly until: ReturnType<Clock>; // when it is deleted
}

export interface Delivery {
  readonly id: number;
  readonly event: string;
  readonly target: string;
  readonly attempts: number; // this one included
  readonly born: ReturnType<Clock>;
}
