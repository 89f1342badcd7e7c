import type { Findings } from "@leasehold/app/world";
import type { Finding } from "@leasehold/core/finding";
import { canonical, type FindingId } from "@leasehold/core/kernel";
import { type Key, put, type Row, remove, type Table, under } from "../table/index.ts";
import { again, everything } from "./paging.ts";

const PREFIX = "finding#";
const keyOf = (about: string, id: FindingId): Key => ({ pk: about, sk: `${PREFIX}${id}` });
const pointerKey = (id: FindingId): Key => ({ pk: id, sk: "finding" });

/** Lies with what it is about; a pointer under its own id says where that is. */
export function createFindings(table: Table, limit: number): Findings {
  return {
    put: (finding) => again(() => record(table, finding)),
    list: async (cursor) => {
      const { items, next } = await table.index("g3", { pk: "findings", limit, cursor });
      const rows = await Promise.all(items.map((key) => table.get(key)));
      return { items: rows.flatMap((row) => (row ? [row.data as Finding] : [])), next };
    },
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
    const pointer: Row = { ...pointerKey(finding.id), v: 1, data: { about: finding.about } };
    return table.write([put(rowOf(finding, 1), "absent"), put(pointer, "absent")]);
  }
  const again = { ...finding, at: (found.data as Finding).at }; // found again: it has been so since the first time
  if (canonical(again) === canonical(found.data)) return;
  await table.write([put(rowOf(again, found.v + 1), under(found.v))]);
}

function rowOf(finding: Finding, v: number): Row {
  const { about, id, at } = finding;
  return { ...keyOf(about, id), v, data: finding, g3: ["findings", `${at}#${id}`] };
}

async function close(table: Table, id: FindingId): Promise<void> {
  const pointer = await table.get(pointerKey(id));
  if (pointer === undefined) return;
  const { about } = pointer.data as Pick<Finding, "about">;
  await table.write([remove(keyOf(about, id)), remove(pointerKey(id), under(pointer.v))]);
}
