import type { Findings, Saying } from "@leasehold/app/world";
import { type Finding, isPaged } from "@leasehold/core/finding";
import { canonical, type FindingId, type Instant } from "@leasehold/core/kernel";
import { type Key, put, type Row, remove, type Table, under } from "../table/index.ts";
import { again, everything, sharded } from "./paging.ts";

const PREFIX = "finding#";
const keyOf = (about: string, id: FindingId): Key => ({ pk: about, sk: `${PREFIX}${id}` });
const pointerKey = (id: FindingId): Key => ({ pk: id, sk: "finding" });

/** Lies with what it is about; a pointer under its own id says where that is. */
export function createFindings(table: Table, limit: number): Findings {
  const listed = async (cursor?: string, from?: Instant) => {
    const { items, next } = await table.index("g3", { pk: "findings", from, limit, cursor });
    const rows = await Promise.all(items.map((key) => table.get(key)));
    return { items: rows.flatMap((row) => (row ? [row.data as Finding] : [])), next };
  };
  return {
    put: (finding) => again(() => record(table, finding)),
    list: (cursor) => listed(cursor),
    since: (at, cursor) => listed(cursor, at),
    of: async (about) => {
      const rows = await everything((cursor) => table.query({ pk: about, prefix: PREFIX, limit, cursor }));
      return rows.map(({ data }) => data as Finding);
    },
    close: (id) => again(() => close(table, id)),
  };
}

async function record(table: Table, finding: Finding): Promise<void> {
  const key = keyOf(finding.about, finding.id);
  const found = await table.get(key);
  if (found === undefined) {
    const pointer = pointerOf(finding);
    return table.write([put(rowOf(finding, 1), "absent"), put(pointer, "absent")]);
  }
  const again = { ...finding, at: (found.data as Finding).at }; // found again: it has been so since the first time
  if (canonical(again) === canonical(found.data)) return;
  await table.write([put(rowOf(again, found.v + 1), under(found.v))]);
}

/** Where it lies; and since when it waits to be said. */
interface Pointer {
  readonly about: string;
  readonly said?: Instant;
}

/** g2 holds it while it is to be said. */
function pointerOf({ id, about, at, kind }: Finding): Row {
  const says = isPaged({ kind });
  const data: Pointer = { about, ...(says && { said: at }) };
  return { ...pointerKey(id), v: 1, data, ...(says && { g2: sharded("outbox", id) }) };
}

/** Found, ended and found again is another time: it has another key. */
export async function findingSays(table: Table, id: FindingId): Promise<readonly Saying[]> {
  const { about, said } = ((await table.get(pointerKey(id)))?.data ?? {}) as Partial<Pointer>;
  if (about === undefined || said === undefined) return [];
  return [{ key: `${id}/${said}/0`, message: { type: "finding.raised", finding: id, about } }];
}

export async function clearFinding(table: Table, id: FindingId, keys: readonly string[]): Promise<void> {
  const row = await table.get(pointerKey(id));
  if (row === undefined) return;
  const { said, ...data } = row.data as Pointer;
  if (said === undefined || !keys.includes(`${id}/${said}/0`)) return;
  await table.write([put({ ...row, data, g2: undefined }, { version: row.v })]);
}

function rowOf(finding: Finding, v: number): Row {
  const { about, id, at } = finding;
  return { ...keyOf(about, id), v, data: finding, g3: ["findings", `${at}#${id}`] };
}

async function close(table: Table, id: FindingId): Promise<void> {
  const pointer = await table.get(pointerKey(id));
  if (pointer === undefined) return;
  const { about } = pointer.data as Pointer;
  await table.write([remove(keyOf(about, id)), remove(pointerKey(id), under(pointer.v))]);
}
