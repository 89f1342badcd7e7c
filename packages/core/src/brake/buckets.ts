import { type Instant, instantOf, millisOf } from "../kernel/index.ts";
import type { Bucket, Limits, Yes } from "./model.ts";

const BUCKET = 300_000; // milliseconds
export const HOUR = 12 * BUCKET;
export const DAY = 24 * HOUR;
export const KEPT = 3 * DAY; // of people: whose directory could not be asked for days is still counted when they left

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

/** Three days are kept of people, and an hour of the rest; an hour more of each, for clocks that differ. */
export function kept(buckets: readonly Bucket[], now: Instant): readonly Bucket[] {
  const fine = new Set(within(buckets, 2 * HOUR, now));
  return within(buckets, KEPT + HOUR, now)
    .map((bucket) => (fine.has(bucket) ? bucket : withoutActs(bucket)))
    .filter(({ people, credentials, yeses = [] }) => people !== undefined || credentials + yeses.length > 0);
}

const withoutActs = ({ yeses: _, ...bucket }: Bucket): Bucket => ({ ...bucket, credentials: 0 });

export function withBucket(buckets: readonly Bucket[], from: Instant): readonly Bucket[] {
  if (buckets.some((bucket) => bucket.from === from)) return buckets;
  return [...buckets, { from, credentials: 0 }].sort((a, b) => (a.from < b.from ? -1 : 1));
}

export function withPerson(buckets: readonly Bucket[], at: Instant, source: string): readonly Bucket[] {
  const here = bucketOf(at);
  return withBucket(buckets, here).map((bucket) => {
    const { people = {} } = bucket;
    return bucket.from === here ? { ...bucket, people: { ...people, [source]: (people[source] ?? 0) + 1 } } : bucket;
  });
}

export function withAct(bucket: Bucket, onYesOf: Yes["by"] | undefined, about: Yes["about"], by: 1 | -1): Bucket {
  if (onYesOf === undefined) return { ...bucket, credentials: Math.max(0, bucket.credentials + by) };
  const its = (yes: Yes) => yes.by === onYesOf && yes.about === about;
  const { yeses = [], ...rest } = bucket;
  const count = (yeses.find(its)?.count ?? 0) + by;
  const others = yeses.filter((one) => !its(one));
  const said = count > 0 ? [...others, { by: onYesOf, ...(about && { about }), count }] : others;
  return said.length > 0 ? { ...rest, yeses: said } : rest;
}

/** As many departures as any stretch of that length has that holds the instant: they need not come in the order of it. */
export function fullest(buckets: readonly Bucket[], at: Instant, span: number, source?: string): number {
  const reach = span + BUCKET;
  const here = millisOf(bucketOf(at));
  const near = buckets.filter(({ from }) => Math.abs(millisOf(from) - here) < reach);
  const starts = [here, ...near.map(({ from }) => millisOf(from)).filter((from) => from < here)];
  const from = (start: number) =>
    near.filter((one) => millisOf(one.from) >= start && millisOf(one.from) < start + reach);
  return Math.max(...starts.map((start) => peopleIn(from(start), source)));
}

export const peopleIn = (buckets: readonly Bucket[], source?: string): number =>
  sum(buckets.flatMap(({ people = {} }) => (source === undefined ? Object.values(people) : (people[source] ?? 0))));
export const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
export const bucketOf = (at: Instant) => instantOf(Math.floor(millisOf(at) / BUCKET) * BUCKET);
