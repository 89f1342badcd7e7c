import { badInput } from "@leasehold/core/kernel";
import * as z from "zod";
import { sweepPending } from "../announce/index.ts";
import { ingest, understood } from "../ingest/index.ts";
import type { World } from "../world/index.ts";
import { step } from "./step.ts";

export const receive = step(z.object({ connector: z.string(), event: z.unknown() }), received);

/** An event as its connector reads it. What the schema refuses is counted by where it is wrong, never by what it is. */
async function received(world: World, { connector, event }: { connector: string; event: unknown }) {
  const listens = world.estate.provider(connector)?.listens;
  if (listens === undefined) throw badInput("no configured connector listens to this event", { connector });
  const read = understood(listens, event);
  if ("where" in read) {
    world.log("warn", "event not understood", { connector, where: read.where });
    return { understood: false };
  }
  const { toAnnounce } = await ingest(world, read.signals, { live: true, recordedAt: world.clock() });
  if (toAnnounce.length > 0) await sweepPending(world);
  return { understood: true, signals: read.signals.length };
}
