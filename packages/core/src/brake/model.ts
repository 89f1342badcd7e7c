import * as z from "zod";
import type { AccountId, Instant } from "../kernel/index.ts";

/** The limits that trip the brake. Shares are of the active people on the last whole list before the window. */
export const Limits = z.strictObject({
  peopleAnHour: z
    .strictObject({ least: z.number(), share: z.number(), most: z.number() })
    .default({ least: 5, share: 0.01, most: 25 }),
  peopleADay: z
    .strictObject({ least: z.number(), share: z.number(), most: z.number() })
    .default({ least: 10, share: 0.03, most: 75 }),
  credentialsAnHour: z
    .strictObject({ least: z.number(), share: z.number(), most: z.number() })
    .default({ least: 50, share: 0.005, most: 500 }),
});
export type Limits = z.infer<typeof Limits>;

/** Five minutes of acts: which departed people were first acted on in them, and how many credentials without a yes. */
export interface Bucket {
  readonly from: Instant;
  readonly people: readonly AccountId[];
  readonly credentials: number;
}
/** The last day in buckets: one item, changed under a condition on its version. */
export interface Window {
  readonly buckets: readonly Bucket[];
}
