import * as z from "zod/mini";
import { page, since } from "./list-shapes.ts";
import { op, operations } from "./operations.ts";
import { cursor, instant } from "./shapes.ts";

/** With what is listed and polled: every kind of signal is read for it, which a function that lists nothing does not carry. */
export const all = {
  ...operations,
  page: op([cursor, instant], page),
  since: op([cursor, cursor], since),
} as const;
export type Operations = typeof all;
export type OperationName = keyof Operations;

/** What goes to the other function: an operation, the hand that it is of, and its arguments. */
export const Request = z.strictObject({
  does: z.enum(Object.keys(all) as [OperationName, ...OperationName[]]),
  hand: z.optional(z.strictObject({ verb: z.string(), credential: z.string() })),
  args: z.array(z.unknown()),
});
export type Request = z.infer<typeof Request>;
