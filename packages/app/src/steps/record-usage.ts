import { digest } from "@leasehold/core/kernel";
import type { Use } from "@leasehold/core/usage";
import * as z from "zod/mini";
import { hear } from "../feed/index.ts";
import { usesIn } from "../ingest/index.ts";
import { recordUsage } from "../usage/index.ts";
import type { World } from "../world/index.ts";
import { step } from "./step.ts";

const One = z.object({ connector: z.string().check(z.maxLength(64)), event: z.unknown() });
const NOBODY = { connector: "unknown", event: undefined }; // one that is not ours costs the others nothing
const Input = z.union([
  z.pipe(
    One,
    z.transform((one) => [one]),
  ),
  z.pipe(
    z.object({ events: z.array(z.catch(One, NOBODY)) }),
    z.transform(({ events }) => events),
  ),
]);

/** Calls as the bus brought them, one or a batch of them, counted. Nothing else of an event is kept. */
export const recordUsageStep = step(Input, recorded);

/** The batch is named after what is in it: delivered again as it was, it is the same. What cannot be read is said by where, and left. */
async function recorded(world: World, events: z.infer<typeof Input>) {
  const read = events.map((one) => ({ ...one, uses: usesOf(world, one) }));
  const uses = read.flatMap((one) => one.uses ?? []);
  const notUnderstood: Record<string, number> = {};
  for (const { connector, uses: some } of read) {
    const known = world.estate.provider(connector) === undefined ? NOBODY.connector : connector;
    if (some === undefined) notUnderstood[known] = (notUnderstood[known] ?? 0) + 1;
  }
  const heard = read.filter((one) => one.uses !== undefined && one.uses.length > 0).map(({ connector }) => connector);
  for (const connector of new Set(heard)) await hear(world, connector, world.clock());
  if (uses.length === 0) return { calls: 0, notUnderstood };
  const sourceObject = `bus/${digest(uses.map(({ eventId }) => eventId).sort())}`;
  const { calls, records, tooOld, ahead } = await recordUsage(world, {
    ...{ sourceObject, uses, approximate: true, live: true },
  });
  return { calls, records, tooOld, ahead, notUnderstood };
}

function usesOf(world: World, { connector, event }: z.infer<typeof One>): readonly Use[] | undefined {
  const listens = world.estate.provider(connector)?.listens;
  if (listens?.usesOf === undefined) return undefined;
  const read = usesIn(listens, event);
  if ("uses" in read) return read.uses;
  world.log("warn", "event not understood", { connector, where: read.where, eventId: read.eventId });
  return undefined;
}
