import { randomUUID } from "node:crypto";
import { type Clock, later, laterBy } from "@leasehold/core/kernel";
import type { File } from "@leasehold/store/file";
import { type Delay, delaySeconds, limited, type Random, type Timer, TimeUp } from "../clock/index.ts";
import { classOf } from "./class-of.ts";
import { drain } from "./drain.ts";
import type { BusEvent, BusLimits, Delivery } from "./model.ts";
import type { BusTable } from "./table.ts";

interface WorkerParts {
  readonly file: File;
  readonly table: BusTable;
  readonly clock: Clock;
  readonly random: Random;
  readonly call: (target: string, event: BusEvent) => Promise<unknown>;
  readonly timer: Timer;
  readonly limits: BusLimits;
}

const BACK_OFF: Delay = { first: 2, rate: 2, cap: 900, spread: "half" };

/** Takes what is due, a few at a time. What another run left running when it died is taken again. */
export function createWorker(parts: WorkerParts): { run(): Promise<number> } {
  const name = randomUUID(); // of this run of the process: rows under another name were left behind
  const { file, table, clock, limits } = parts;
  let begun = false;

  return {
    run: async () => {
      if (!begun) file.transaction(() => takeBack(parts, name));
      begun = true;
      const expired = file.transaction(() => table.expire(clock()));
      const tried = await drain(limits.concurrency, () => {
        const delivery = file.transaction(() => table.claim(name, clock()));
        return delivery === undefined ? undefined : () => attempt(parts, name, delivery);
      });
      return expired + tried;
    },
  };
}

async function attempt(parts: WorkerParts, worker: string, delivery: Delivery): Promise<void> {
  const { file, table } = parts;
  const fault = await outcome(parts, delivery);
  file.transaction(() => {
    if (fault === undefined) table.remove(delivery.id, worker);
    else putOff(parts, worker, delivery, fault, BACK_OFF);
  });
}

/** The class of what went wrong, if anything did. */
async function outcome({ table, call, timer, limits }: WorkerParts, delivery: Delivery): Promise<string | undefined> {
  const body = table.body(delivery.event);
  if (typeof body !== "string") return "BodyGone";
  try {
    const event = JSON.parse(body) as BusEvent;
    const end = await limited(() => call(delivery.target, event), { millis: limits.handlerMillis, timer });
    return end === TimeUp ? "TimedOut" : undefined;
  } catch (error) {
    return classOf(error);
  }
}

function putOff(parts: WorkerParts, worker: string, delivery: Delivery, fault: string, delay: Delay): void {
  const { table, clock, random, limits } = parts;
  const due = laterBy(clock(), delaySeconds(delay, delivery.attempts - 1, random));
  const spent = delivery.attempts > limits.retries || due > later(delivery.born, limits.ageHours);
  if (spent) table.park(delivery.id, worker, "dead", later(clock(), limits.deadHours), fault);
  else table.park(delivery.id, worker, "waiting", due, fault);
}

/** A delivery that was running when the process died counts as tried: a handler that kills the process is not tried for ever. */
function takeBack(parts: WorkerParts, name: string): void {
  for (const delivery of parts.table.leftBy(name))
    putOff(parts, delivery.worker, delivery, "Interrupted", { ...BACK_OFF, cap: 0 });
}
