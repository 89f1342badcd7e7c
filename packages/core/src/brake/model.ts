import * as z from "zod/mini";
import type { AccountId, Instant } from "../kernel/index.ts";

const Limit = (least: number, share: number, most: number) =>
  z._default(
    z.strictObject({
      least: z.int().check(z.nonnegative()),
      share: z.number().check(z.minimum(0), z.maximum(1)),
      most: z.int().check(z.nonnegative()),
    }),
    { least, share, most },
  );

/** The limits that trip the brake. Shares are of the active people on the last whole list before the window. */
export const Limits = z.strictObject({
  peopleAnHour: Limit(5, 0.01, 25),
  peopleADay: Limit(10, 0.03, 75),
  credentialsAnHour: Limit(50, 0.005, 500),
});
export type Limits = z.infer<typeof Limits>;

/** Five minutes of acts: which departed people were first acted on in them, and how many credentials without a yes. */
export interface Bucket {
  readonly from: Instant;
  readonly people: readonly AccountId[];
  readonly more?: Readonly<Record<AccountId, number>>; // acts on each of these people beyond the first, whenever they were
  readonly credentials: number;
  readonly yeses?: readonly Yes[];
}
/** How many acts stand on one person's yes, about one departed person; about nobody who departed where `about` is left out. */
export interface Yes {
  readonly by: AccountId;
  readonly about?: AccountId;
  readonly count: number;
}
/** A person's hand on the brake: while it stands there, no act has a place. */
export interface Frozen {
  readonly by: string; // an account id, or "terminal": whoever holds the laptop's file
  readonly at: Instant;
  readonly because: string;
}
/** The last day in buckets, oldest first: one item, changed under a condition on its version. */
export interface Window {
  readonly buckets: readonly Bucket[];
  readonly frozen?: Frozen;
}
