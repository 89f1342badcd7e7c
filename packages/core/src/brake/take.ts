import type { AccountId, CaseId, Instant } from "../kernel/index.ts";
import { bucketOf, HOUR, kept, most, sum, withAct, withBucket, within } from "./buckets.ts";
import type { AtBrake, Limits, Window } from "./model.ts";
import { type Stopped, stops } from "./stops.ts";

/** What one intent asks a place for. */
export interface Place {
  readonly person: AccountId;
  readonly onYesOf: AccountId | undefined; // undefined: on silence
  readonly departed: boolean;
  readonly seconded?: boolean; // two people said yes to it, so that it hangs on nobody's alone
  readonly case: CaseId; // of the departure; of the wind-down where nobody departed
  readonly brake?: AtBrake | undefined; // what that case was told; undefined: it was not counted
  readonly begun?: boolean; // an act of ours stands on this very credential
}
/** Why there is no place: nothing goes on, credentials wait their turn, or one person's yes wants another's. */
export type Full =
  | Stopped
  | "more credentials in an hour without a yes than the brake allows"
  | "needs a second person";

export const ON_ONE_YES = 20; // acts in an hour on one person's yes, across more than one departed person

/** The window with this act in it, or why it has no place. The store makes it one conditional write. */
export function take(
  window: Window,
  act: Place,
  now: Instant,
  limits: Limits,
  active: number, // on the last whole list before this hour
): { readonly taken: Window } | { readonly full: Full } {
  const full = stops(window, act, now) ?? tooManyActs(window, act, now, limits, active);
  if (full !== undefined) return { full };
  const here = bucketOf(now);
  const buckets = withBucket(kept(window.buckets, now), here).map((bucket) =>
    bucket.from === here ? withAct(bucket, act.onYesOf, aboutOf(act), 1) : bucket,
  );
  return { taken: { ...window, buckets } };
}

/** The window without an act that was withdrawn; `at` is when its place was taken. */
export function give(window: Window, act: Place, at: Instant, now: Instant): Window {
  const there = bucketOf(at);
  const buckets = window.buckets.map((bucket) =>
    bucket.from === there ? withAct(bucket, act.onYesOf, aboutOf(act), -1) : bucket,
  );
  return { ...window, buckets: kept(buckets, now) };
}

const aboutOf = ({ departed, person }: Place) => (departed ? person : undefined);

function tooManyActs({ buckets }: Window, act: Place, now: Instant, limits: Limits, active: number) {
  const hour = within(buckets, HOUR, now);
  if (act.onYesOf === undefined)
    return sum(hour.map(({ credentials }) => credentials)) >= most(limits.credentialsAnHour, active)
      ? "more credentials in an hour without a yes than the brake allows"
      : undefined;
  if (act.seconded) return undefined;
  const said = hour.flatMap(({ yeses = [] }) => yeses).filter(({ by }) => by === act.onYesOf);
  const about = new Set(said.flatMap((yes) => yes.about ?? []).concat(aboutOf(act) ?? []));
  return about.size > 1 && sum(said.map(({ count }) => count)) >= ON_ONE_YES ? "needs a second person" : undefined;
}
