import { REFUSALS, type Refusal } from "@leasehold/core/connector";
import { Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";

const Count = z.int().check(z.minimum(0), z.maximum(1_000_000_000));
const Counts = z.strictObject(Object.fromEntries(REFUSALS.map((why) => [why, Count])) as Record<Refusal, typeof Count>);

/** How many requests one way in refused on one day, by why; never anything that was in them. */
export const Refusals = z.strictObject({
  connector: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,63}$/)),
  day: Instant, // its beginning, in UTC
  counts: Counts,
  seconds: z.optional(z.int()), // how far the time of the last that was rightly signed is behind ours
});
export type Refusals = z.infer<typeof Refusals>;

export const NONE: Refusals["counts"] = { unproved: 0, signature: 0, time: 0, content: 0 };
