import * as z from "zod/mini";
import type { AccountId, CaseId, Id, Instant, PersonId } from "../kernel/index.ts";

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

/** Five minutes: how many departures were first learned of in them and are acted on, and how many credentials were, without a yes. */
export interface Bucket {
  readonly from: Instant;
  readonly people?: Readonly<Record<string, number>>; // by source: the connector whose account left
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
  readonly restored?: true; // the store is an older copy of itself: it stays on until the providers were compared with it
  readonly restoredAt?: Instant; // when that was found: of a copy of the copy it is another instant
}

/** Of a hand: whose it is, and since when. */
export type HandId = Id<"hnd">;
/** The last hand that was taken off again, so that whoever was told of it can be told. */
export interface Lifted extends Frozen {
  readonly lifted: { readonly by: string; readonly at: Instant };
}

export type TripId = Id<"trp">;
export type BatchId = Id<"bat">;
export type HoldId = TripId | BatchId;

/**
 * Departures that nobody acts on until a person releases them: those that came when the brake had tripped, or those that
 * came late, as one batch. Who they are stands on their cases, each with its number here.
 */
export interface Hold {
  readonly id: TripId | BatchId;
  readonly at: Instant;
  readonly by: CaseId; // the first that is held
  readonly people: number; // held so far: the highest number that was given
  readonly most: number; // what the limit was
  readonly over?: Over; // left out of a batch
  readonly released?: Release;
}
/** Which limit a trip went over. */
export interface Over {
  readonly limit: "peopleAnHour" | "peopleADay";
  readonly source?: string; // left out: of all sources together
  readonly counted: number; // as many as were let through within it
}
/** What a person let go on, until an instant. */
export interface Release {
  readonly by: readonly string[]; // account ids; two where it went more than ten times over
  readonly at: Instant;
  readonly until: Instant;
  readonly covers: number; // those with a number up to this
  readonly under?: TripId; // the trip that stood then: a later one is not covered
}
export interface Named extends Omit<Release, "covers"> {
  readonly case: CaseId;
}
/** The first of two who must agree, and what there was when they did. */
export interface FirstVoice {
  readonly of: string; // what they would release
  readonly account: AccountId;
  readonly accounts: readonly AccountId[];
  readonly person: PersonId;
  readonly at: Instant;
  readonly covers: number;
}

/** The last days in buckets, oldest first, and what is held: one item, changed under a condition on its version. */
export interface Window {
  readonly buckets: readonly Bucket[];
  readonly store?: string; // the id of the table that it stands in: a copy of that table carries it to another
  readonly frozen?: Frozen;
  readonly last?: Lifted;
  readonly holds?: readonly Hold[]; // oldest first
  readonly named?: readonly Named[];
  readonly voices?: readonly FirstVoice[];
}

/** What the brake made of a departure: it stands on its case. */
export type AtBrake =
  | { readonly as: "counted"; readonly at: Instant }
  | { readonly as: "held"; readonly by: Hold["id"]; readonly nth: number };
