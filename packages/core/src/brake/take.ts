import { type AccountId, type Instant, instantOf, millisOf } from "../kernel/index.ts";
import type { Bucket, Limits, Window, Yes } from "./model.ts";

/** What one intent asks a place for. */
export interface Place {
  readonly person: AccountId;
  readonly onYesOf: AccountId | undefined; // undefined: on silence
  readonly departed: boolean;
  readonly seconded?: boolean; // two people said yes to it, so that it hangs on nobody's alone
}
/** Why there is no place: people trip the brake, credentials wait their turn, and one person's yes wants another's. */
export type Full =
  | "a person has put the brake on"
  | "more people in an hour than the brake allows"
  | "more people in a day than the brake allows"
  | "more credentials in an hour without a yes than the brake allows"
  | "needs a second person";

export const ON_ONE_YES = 20; // acts in an hour on one person's yes, across more than one departed person
const BUCKET = 300_000; // milliseconds
export const HOUR = 12 * BUCKET;
export const DAY = 24 * HOUR;

/** The window with this act in it, or why it has no place. The store makes it one conditional write. */
export function take(
  window: Window,
  act: Place,
  now: Instant,
  limits: Limits,
  active: number,
): { readonly taken: Window } | { readonly full: Full } {
  if (window.frozen !== undefined) return { full: "a person has put the brake on" };
  const full = tooManyPeople(window, act, now, limits, active) ?? tooManyActs(window, act, now, limits, active);
  if (full !== undefined) return { full };
  const here = bucketOf(now);
  const home = act.departed ? (homeOf(window.buckets, act.person, now)?.from ?? here) : undefined;
  const buckets = [here, home].reduce<readonly Bucket[]>(withBucket, kept(window.buckets, now));
  return {
    taken: {
      buckets: buckets
        .map((bucket) => (bucket.from === here ? withAct(bucket, act, 1) : bucket))
        .map((bucket) => (bucket.from === home ? withPerson(bucket, act.person) : bucket)),
    },
  };
}

/** The window without an act that was withdrawn; `at` is when its place was taken. */
export function give(window: Window, act: Place, at: Instant, now: Instant): Window {
  const there = bucketOf(at);
  const buckets = window.buckets.map((bucket) => (bucket.from === there ? withAct(bucket, act, -1) : bucket));
  return { ...window, buckets: kept(act.departed ? withoutPerson(buckets, act.person, there, now) : buckets, now) };
}

/** Those counted already only wait their turn; one more would be a person too many. */
function tooManyPeople({ buckets }: Window, act: Place, now: Instant, limits: Limits, active: number) {
  if (!act.departed || homeOf(buckets, act.person, now) !== undefined) return undefined;
  if (peopleIn(within(buckets, HOUR, now)) >= most(limits.peopleAnHour, active))
    return "more people in an hour than the brake allows";
  if (peopleIn(within(buckets, DAY, now)) >= most(limits.peopleADay, active))
    return "more people in a day than the brake allows";
  return undefined;
}

function tooManyActs({ buckets }: Window, act: Place, now: Instant, limits: Limits, active: number) {
  const hour = within(buckets, HOUR, now);
  if (act.onYesOf === undefined)
    return sum(hour.map(({ credentials }) => credentials)) >= most(limits.credentialsAnHour, active)
      ? "more credentials in an hour without a yes than the brake allows"
      : undefined;
  if (act.seconded) return undefined;
  const said = hour.flatMap(({ yeses = [] }) => yeses).filter(({ by }) => by === act.onYesOf);
  const about = new Set(said.flatMap((yes) => yes.about ?? []).concat(act.departed ? act.person : []));
  return about.size > 1 && sum(said.map(({ count }) => count)) >= ON_ONE_YES ? "needs a second person" : undefined;
}

/** Where nobody knows how many are active, the least numbers hold. */
export function most({ least, share, most }: Limits["peopleAnHour"], active: number): number {
  const part = Number.isFinite(active) ? Math.floor(share * active) : 0;
  return Math.max(least, Math.min(part, most));
}

/** A whole bucket counts as long as any of it does, and so does what another clock puts after now. */
export function within(buckets: readonly Bucket[], span: number, now: Instant): readonly Bucket[] {
  const from = instantOf(millisOf(now) - span - BUCKET);
  return buckets.filter((bucket) => bucket.from > from);
}

/** A day is kept of people, and an hour of the rest; an hour more of each, for clocks that differ. */
function kept(buckets: readonly Bucket[], now: Instant): readonly Bucket[] {
  const fine = new Set(within(buckets, 2 * HOUR, now));
  return within(buckets, DAY + HOUR, now)
    .map((bucket) => (fine.has(bucket) ? bucket : withoutActs(bucket)))
    .filter(({ people, credentials, yeses = [] }) => people.length + credentials + yeses.length > 0);
}

const withoutActs = ({ yeses: _, ...bucket }: Bucket): Bucket => ({ ...bucket, credentials: 0 });

function withBucket(buckets: readonly Bucket[], from: Instant | undefined): readonly Bucket[] {
  if (from === undefined || buckets.some((bucket) => bucket.from === from)) return buckets;
  return [...buckets, { from, people: [], credentials: 0 }].sort((a, b) => (a.from < b.from ? -1 : 1));
}

function withAct(bucket: Bucket, { person, onYesOf, departed }: Place, by: 1 | -1): Bucket {
  if (onYesOf === undefined) return { ...bucket, credentials: Math.max(0, bucket.credentials + by) };
  const its = (yes: Yes) => yes.by === onYesOf && yes.about === (departed ? person : undefined);
  const { yeses = [], ...rest } = bucket;
  const count = (yeses.find(its)?.count ?? 0) + by;
  const yes: Yes = { by: onYesOf, ...(departed ? { about: person } : {}), count };
  const others = yeses.filter((one) => !its(one));
  const said = count > 0 ? [...others, yes] : others;
  return said.length > 0 ? { ...rest, yeses: said } : rest;
}

function withPerson(bucket: Bucket, person: AccountId): Bucket {
  if (bucket.people.includes(person)) return withMore(bucket, person, (bucket.more?.[person] ?? 0) + 1);
  return { ...bucket, people: [...bucket.people, person] };
}

/** Where another act on that person stands, the one given back may have been the first: then it counts from now. */
function withoutPerson(buckets: readonly Bucket[], person: AccountId, at: Instant, now: Instant): readonly Bucket[] {
  const home = homeOf(buckets, person, now);
  if (home === undefined) return buckets;
  const more = (home.more?.[person] ?? 0) - 1;
  const here = bucketOf(now);
  const stays = more >= 0 && (home.from !== at || home.from >= here);
  const left = { ...withMore(home, person, 0), people: home.people.filter((one) => one !== person) };
  const rest = buckets.map((bucket) => (bucket !== home ? bucket : stays ? withMore(home, person, more) : left));
  if (stays || more < 0) return rest;
  return withBucket(rest, here).map((bucket) =>
    bucket.from === here ? withMore({ ...bucket, people: [...bucket.people, person] }, person, more) : bucket,
  );
}

function withMore(bucket: Bucket, person: AccountId, count: number): Bucket {
  const { more = {}, ...rest } = bucket;
  const others = Object.entries(more).filter(([one]) => one !== person);
  const counts = count > 0 ? [...others, [person, count]] : others;
  return counts.length > 0 ? { ...rest, more: Object.fromEntries(counts) } : rest;
}

const homeOf = (buckets: readonly Bucket[], person: AccountId, now: Instant) =>
  within(buckets, DAY, now).findLast(({ people }) => people.includes(person));
export const peopleIn = (buckets: readonly Bucket[]) => new Set(buckets.flatMap(({ people }) => people)).size;
export const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const bucketOf = (at: Instant) => instantOf(Math.floor(millisOf(at) / BUCKET) * BUCKET);
