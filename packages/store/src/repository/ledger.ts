import type { Coverage, Ledger, Versioned } from "@leasehold/app/world";
import { keepList, type Listed, type Window } from "@leasehold/core/brake";
import { beat, type Heartbeat, hourOf } from "@leasehold/core/feed";
import type { Instant } from "@leasehold/core/kernel";
import { append, beginning, type Draft, type Head } from "@leasehold/core/trail";
import { type Op, put, type Table, under } from "../table/index.ts";
import { again, everything } from "./paging.ts";
import { ENTRY } from "./story.ts";

const PK = "ledger";
const BRAKE = { pk: PK, sk: "brake" };
const HANDS = "brake"; // the trail of those who put it on and released it
const HANDED = { pk: HANDS, sk: "head" };
const INSTALLED = { pk: PK, sk: "installed" };
const COVERAGE = "coverage#";
const HEARD = "heard"; // of its own, so that who only counts calls can be given these rows and no other
const EMPTY: Versioned<Window> = { value: { buckets: [] }, version: 0 };

export function createLedger(table: Table, limit: number): Ledger {
  const heardIn = new Map<string, number>(); // the hour in which this process last looked
  let since: Instant | undefined; // once set it is so for ever: this process asks once
  return {
    brake: async () => {
      const row = await table.get(BRAKE);
      return row ? { value: row.data as Window, version: row.v } : EMPTY;
    },
    handBrake: async (window, draft, at) => table.write([putWindow(window), ...(await putHand(table, draft, at))]),
    handed: async () => ((await table.get(HANDED))?.data as Head | undefined) ?? beginning(HANDS),
    installed: async (now) => {
      since ??= await again(() => installed(table, now));
      return since;
    },
    coverage: async () => {
      const rows = await everything((cursor) => table.query({ pk: PK, prefix: COVERAGE, limit, cursor }));
      return rows.map(({ data }) => data as Coverage);
    },
    cover: (coverage) => again(() => cover(table, coverage)),
    hear: async (connector, at) => {
      if (heardIn.get(connector) === hourOf(at)) return;
      await again(() => hear(table, connector, at));
      heardIn.set(connector, hourOf(at));
    },
    heartbeats: async () => {
      const rows = await everything((cursor) => table.query({ pk: HEARD, limit, cursor }));
      return rows.map(({ data }) => data as Heartbeat);
    },
    seen: async (delivery) => (await table.get(deliveryAt(delivery))) !== undefined,
    see: (delivery, until) => table.write([put({ ...deliveryAt(delivery), v: 1, data: {}, ends: until })]),
  };
}

const deliveryAt = (delivery: string) => ({ pk: `delivered#${delivery}`, sk: "once" });

/** The next window, under the version of the one that was judged: two who saw the last place do not both get it. */
export const putWindow = ({ value, version }: Versioned<Window>): Op =>
  put({ ...BRAKE, v: version + 1, data: value }, under(version));

/** An entry of the trail `brake`, under the one before. */
export async function putHand(table: Table, draft: Draft, at: Instant): Promise<readonly Op[]> {
  const found = await table.get(HANDED);
  const [head, version] = found ? [found.data as Head, found.v] : [beginning(HANDS), 0];
  const entry = append(HANDS, head, draft, at);
  const row = { pk: HANDS, sk: `${ENTRY}${String(entry.n).padStart(9, "0")}`, v: 1, data: entry };
  const next: Head = { n: entry.n, hash: entry.hash };
  return [put({ ...HANDED, v: version + 1, data: next }, under(version)), put(row, "absent")];
}

async function installed(table: Table, now: Instant): Promise<Instant> {
  const found = await table.get(INSTALLED);
  if (found) return (found.data as { at: Instant }).at;
  await table.write([put({ ...INSTALLED, v: 1, data: { at: now } }, "absent")]);
  return now;
}

/** A list that ended earlier never overwrites what a later one said; what part of a list says takes nothing from the whole ones. */
async function cover(table: Table, coverage: Coverage): Promise<void> {
  const key = { pk: PK, sk: `${COVERAGE}${coverage.connector}` };
  const found = await table.get(key);
  const before = found?.data as Coverage | undefined;
  if (before && before.at > coverage.at) return;
  const version = found?.v ?? 0;
  const lists = listsOf(before?.lists ?? [], coverage);
  const data: Coverage = { ...coverage, ...(lists.length > 0 && { lists }) };
  await table.write([put({ ...key, v: version + 1, data }, under(version))]);
}

const listsOf = (lists: readonly Listed[], { whole, active, at, ended = at }: Coverage): readonly Listed[] =>
  whole && active > 0 ? keepList(lists, { ended, active }) : lists;

/** One row for each source. Of two processes that hear it first in an hour the second finds it written. */
async function hear(table: Table, connector: string, at: Instant): Promise<void> {
  const key = { pk: HEARD, sk: connector };
  const found = await table.get(key);
  const before = found?.data as Heartbeat | undefined;
  const data = beat(before, connector, at);
  if (data === before) return;
  const version = found?.v ?? 0;
  await table.write([put({ ...key, v: version + 1, data }, under(version))]);
}
