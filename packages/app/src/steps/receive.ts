import { badInput, Fault, type Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { announceAll } from "../announce/index.ts";
import { hear } from "../feed/index.ts";
import { ingest, understood } from "../ingest/index.ts";
import type { World } from "../world/index.ts";
import { type Step, step } from "./step.ts";

/** Where signals go that could not be written now. They hold nothing raw, so they may wait where an event may not. */
export type PutOff = (signals: readonly Signal[], recordedAt: Instant) => Promise<void>;

const Input = z.object({ connector: z.string(), event: z.unknown() });
const nameOf = (error: unknown) => (error instanceof Fault ? error.name : "Unexpected");

/** The laptop's own bus delivers again what failed: there nothing is put off. */
export const receive = receiving();

export function receiving(putOff?: PutOff): Step {
  return step(Input, (world, input) => received(world, input, putOff));
}

/** An event as its connector reads it. What the schema refuses is counted by where it is wrong, never by what it is. */
async function received(world: World, { connector, event }: z.infer<typeof Input>, putOff: PutOff | undefined) {
  const listens = world.estate.provider(connector)?.listens;
  if (listens === undefined) throw badInput("no configured connector listens to this event", { connector });
  const read = understood(listens, event);
  if ("where" in read) {
    world.log("warn", "event not understood", { connector, where: read.where, eventId: read.eventId });
    return { understood: false };
  }
  const recordedAt = world.clock();
  const signals = read.signals.length;
  await hear(world, connector, recordedAt);
  try {
    const { toAnnounce } = await ingest(world, read.signals, { live: true, recordedAt });
    await announceAll(world, toAnnounce);
    return { understood: true, signals };
  } catch (error) {
    if (putOff === undefined) throw error;
    await putOff(read.signals, recordedAt); // whatever it was: nothing behind this function would keep them
    world.log("warn", "signals put off", { connector, signals, fault: nameOf(error) });
    return { understood: true, signals, putOff: true };
  }
}
