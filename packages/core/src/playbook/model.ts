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

/** When silence may act: staffed hours in one time zone, and dates on which nothing may change. */
export const Calendar = z.strictObject({
  timeZone: z.string().default("UTC"),
  days: z.array(z.number().int().min(1).max(7)).default([1, 2, 3, 4, 5]), // ISO: 1 is Monday
  from: z.number().int().min(0).max(23).default(8),
  to: z.number().int().min(1).max(24).default(18),
  freezes: z.array(z.strictObject({ from: Instant, to: Instant })).default([]),
});
export type Calendar = z.infer<typeof Calendar>;
