import * as z from "zod/mini";
import { Instant, isTimeZone } from "../kernel/index.ts";

const Hours = z.number().check(z.positive(), z.maximum(8_760));

/** Whom to ask, at what pace, and for how long: a procedure as data. */
export const Playbook = z.strictObject({
  notice: z._default(Hours, 72), // hours that a question stands before silence counts; never less than four, whatever stands here
  remind: z._default(Hours, 24), // hours after the question, once
  escalate: z._default(Hours, 48), // hours that each further custodian has
  digest: z._default(z.number().check(z.minimum(0), z.maximum(24)), 24), // hours that a further new case is kept back at most for its reader's morning; 0: each at once
  morning: z._default(z.int().check(z.minimum(0), z.maximum(23)), 8), // the hour of it, on the reader's own clock
  grace: z._default(Hours, 720), // hours switched off before deletion is asked for; never less than 168
  reviewDays: z._default(z.int().check(z.minimum(1), z.maximum(3_650)), 180), // after which what was kept is asked about again
});
export type Playbook = z.infer<typeof Playbook>;

const Freeze = z
  .strictObject({ from: Instant, to: Instant })
  .check(z.refine(({ from, to }) => from < to, { error: "must begin before it ends", path: ["from"] }));

/** When silence may act: staffed hours in one time zone, and spans in which nothing may change. */
export const Calendar = z
  .strictObject({
    timeZone: z._default(
      z.string().check(z.refine(isTimeZone, { error: "must be a time zone such as Europe/Berlin" })),
      "UTC",
    ),
    days: z._default(z.array(z.int().check(z.minimum(1), z.maximum(7))), [1, 2, 3, 4, 5]), // ISO: 1 is Monday
    from: z._default(z.int().check(z.minimum(0), z.maximum(23)), 8),
    to: z._default(z.int().check(z.minimum(1), z.maximum(24)), 18),
    freezes: z._default(z.array(Freeze), []),
  })
  .check(z.refine(({ from, to }) => from < to, { error: "must begin before it ends", path: ["from"] }));
export type Calendar = z.infer<typeof Calendar>;
