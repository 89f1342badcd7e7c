import { badInput, Instant, later } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { announceAll } from "../announce/index.ts";
import { hear } from "../feed/index.ts";
import { ingest } from "../ingest/index.ts";
import type { World } from "../world/index.ts";
import { step } from "./step.ts";

const REMEMBERED = 7 * 24; // hours; no vendor sends a delivery again after that

const Input = z.strictObject({
  signals: z.array(Signal),
  live: z.boolean(),
  recordedAt: Instant,
  delivery: z.optional(z.string().check(z.minLength(1), z.maxLength(512))),
  via: z.optional(z.string().check(z.maxLength(64))), // the connector through whose way in they came; none where one of our own put them off
});

/** Signals that came over HTTP, or that could not be written when they came. */
export const ingestSignals = step(Input, ingested);

/** The delivery is remembered last: a crash before that joins the same signals again, which changes nothing. */
async function ingested(world: World, { signals, live, recordedAt, delivery, via }: z.infer<typeof Input>) {
  if (via !== undefined && signals.some(({ source }) => source.connector !== via))
    throw badInput("another connector's way in speaks in this one's name", { via });
  if (delivery !== undefined && (await world.ledger.seen(delivery))) {
    world.log("info", "delivery repeated");
    return { repeated: true };
  }
  const from = new Set(signals.map(({ source }) => source.connector));
  if (live) for (const connector of from) await hear(world, connector, recordedAt);
  const { subjects, toAnnounce } = await ingest(world, signals, { live, recordedAt });
  await announceAll(world, toAnnounce);
  if (delivery !== undefined) await world.ledger.see(delivery, later(world.clock(), REMEMBERED));
  return { signals: signals.length, subjects };
}
