import type { SourceObject, Span, Usage } from "@leasehold/app/world";
import { dayOf, digest, type Instant, later } from "@leasehold/core/kernel";
import { hourOf, KEPT_DAYS, type UsageRecord, type Used } from "@leasehold/core/usage";
import { type Key, put, type Row, remove, type Table, under } from "../table/index.ts";
import { again } from "./paging.ts";
import { type Packed, packed, unpacked } from "./usage-row.ts";

const PREFIX = "used#"; // apart from the nodes, so that whoever walks the credentials does not walk this
const REFUSED = "refused#"; // by the day on which it was heard, so that late ones are told, too
const SPAN: Key = { pk: "ledger", sk: "usage" };
const MOST = 40; // records in a row: four kilobytes at the most, and two once it is deflated
const AT_ONCE = 25;
const KEPT = KEPT_DAYS * 24;

const partitionOf = (credential: Used): string => `${PREFIX}${credential}`;
const dateOf = (instant: Instant): string => instant.slice(0, 10);

/** One row for each source object, credential and day: it is put, never added to. */
export function createUsage(table: Table, limit: number): Usage {
  return {
    put: async (source, records, now) => {
      for (const rows of chunks(rowsOf(source, records), AT_ONCE))
        await Promise.all(rows.map((row) => table.write([put(row)]))); // each by itself: a transaction costs twice as much
      if (source.live) for (const one of refusedIn(records, now)) await table.write([put(one)]);
      if (records.length > 0) await again(() => widen(table, records));
      if (table.forgets !== true) await forget(table, new Set(records.map(({ credential }) => credential)), now);
    },
    of: async (credential, from, to, cursor) => {
      const { items, next } = await table.query({ pk: partitionOf(credential), from: dateOf(from), limit, cursor });
      const asked = items.filter(({ sk }) => sk.slice(0, 10) <= dateOf(to)); // a range has one end
      return {
        items: asked.flatMap((row) => told(credential, row)),
        next: asked.length < items.length ? undefined : next,
      };
    },
    refusedOn: async (heard, cursor) => {
      const { items, next } = await table.query({ pk: `${REFUSED}${dateOf(heard)}`, limit, cursor });
      return { items: items.map(({ sk }) => sk as Used), next };
    },
    span: async (credential) => {
      if (credential === undefined) return (await table.get(SPAN))?.data as Span | undefined;
      const { items } = await table.query({ pk: partitionOf(credential), limit: 1 });
      const first = items.flatMap((row) => told(credential, row)).map(({ hour }) => hour);
      return first.length === 0 ? undefined : { first: first.sort()[0] as Instant, last: undefined };
    },
  };
}

const told = (credential: Used, { sk, data }: Row) => unpacked(credential, sk.slice(0, 10), data as Packed);

/** By credential and day, and within these in parts that are small enough: the same records make the same rows. */
function rowsOf(source: SourceObject, records: readonly UsageRecord[]): readonly Row[] {
  const groups = new Map<string, UsageRecord[]>();
  for (const record of records) {
    const key = `${record.credential} ${dateOf(record.hour)}`;
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()].flatMap((group) => chunks(group, MOST).map((part, n) => rowOf(source, part, n)));
}

function rowOf({ id, approximate }: SourceObject, part: readonly UsageRecord[], n: number): Row {
  const [{ credential, hour }] = part as readonly [UsageRecord];
  const sk = `${dateOf(hour)}#${digest(id).slice(0, 22)}#${n}`;
  const data: Packed = packed(part, approximate);
  return { pk: partitionOf(credential), sk, v: 1, data, ends: later(dayOf(hour), KEPT + 24) };
}

const refusedIn = (records: readonly UsageRecord[], now: Instant): readonly Row[] =>
  [...new Set(records.filter(({ refusals }) => refusals !== undefined).map(({ credential }) => credential))].map(
    (credential) => ({ pk: `${REFUSED}${dateOf(now)}`, sk: credential, v: 1, data: {}, ends: later(dayOf(now), 72) }),
  );

/** Written only where it grows, which is once an hour at most: otherwise every batch would meet every other here. */
async function widen(table: Table, records: readonly UsageRecord[]): Promise<void> {
  const hours = records.map(({ last }) => hourOf(last)).sort();
  const [first, last] = [hours[0] as Instant, hours.at(-1) as Instant];
  const found = await table.get(SPAN);
  const before = found?.data as { readonly first: Instant; readonly last: Instant } | undefined;
  if (before !== undefined && before.first <= first && before.last >= last) return;
  const data = before
    ? { first: before.first < first ? before.first : first, last: before.last > last ? before.last : last }
    : { first, last };
  const version = found?.v ?? 0;
  await table.write([put({ ...SPAN, v: version + 1, data }, under(version))]);
}

/** What is too old of these credentials, some at a time: the next write finds the rest. */
async function forget(table: Table, credentials: ReadonlySet<Used>, now: Instant): Promise<void> {
  const to = dateOf(later(now, -KEPT - 24));
  for (const credential of credentials) {
    const { items } = await table.query({ pk: partitionOf(credential), to, limit: AT_ONCE });
    if (items.length > 0) await table.write(items.map((row) => remove(row)));
  }
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}
