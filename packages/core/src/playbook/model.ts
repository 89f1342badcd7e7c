import * as z from "zod";
import { Instant } from "../kernel/index.ts";

const Hours = z.number().positive().max(8_760);

/** Whom to ask, at what pace, and for how long: a procedure as data. */
export const Playbook = z.strictObject({
  notice: Hours.default(72), // hours that a question stands before silence counts; never less than four, whatever stands here
  remind: Hours.default(24), // hours after the question, once
  escalate: Hours.default(48), // hours that each further custodian has
  grace: Hours.default(720), // hours switched off before deletion is asked for; never less than 168
});
export type Playbook = z.infer<typeof Playbook>;

const Freeze = z
  .strictObject({ from: Instant, to: Instant })
  .refine(({ from, to }) => from < to, { error: "must begin before it ends", path: ["from"] });

/** When silence may act: staffed hours in one time zone, and spans in which nothing may change. */
export const Calendar = z
  .strictObject({
    timeZone: z.string().refine(isTimeZone, { error: "must be a time zone such as Europe/Berlin" }).default("UTC"),
    days: z.array(z.number().int().min(1).max(7)).default([1, 2, 3, 4, 5]), // ISO: 1 is Monday
    from: z.number().int().min(0).max(23).default(8),
    to: z.number().int().min(1).max(24).default(18),
    freezes: z.array(Freeze).default([]),
  })
  .refine(({ from, to }) => from < to, { error: "must begin before it ends", path: ["from"] });
export type Calendar = z.infer<typeof Calendar>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    return true;
  } catch {
    return false; // the only thing that it can say about a name
  }
}
