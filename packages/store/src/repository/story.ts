import type { Saying } from "@leasehold/app/world";
import { type CaseId, type Clock, conflict, type WindDownId } from "@leasehold/core/kernel";
import { append, beginning, type Draft, type Head } from "@leasehold/core/trail";
import { type Key, type Op, type Place, put, type Row, type Table, under } from "../table/index.ts";
import { sharded } from "./paging.ts";

/** What wind-downs and cases have in common: a trail that ends at `head`, and the versions that are yet to be said. */
export interface Told {
  readonly head: Head;
  readonly says: readonly number[];
}
export type StoryId = WindDownId | CaseId;

export const storyKey = (id: StoryId): Key => ({ pk: id, sk: "story" });

/** The row as it is now, if nothing moved since this version was read. */
export async function unmoved<T extends Told>(table: Table, id: StoryId, version: number): Promise<T> {
  const row = await table.get(storyKey(id));
  if (row?.v !== version) throw conflict(id);
  return row.data as T;
}

interface Telling {
  readonly id: StoryId;
  readonly version: number; // before this write
  readonly from: Told | undefined; // undefined: this write begins it
  readonly draft: Draft;
  readonly aloud: boolean; // must be said
}

/** The next version's head and sayings, and the entry that goes with them. */
export function tell(clock: Clock, { id, version, from, draft, aloud }: Telling): { told: Told; entry: Op } {
  const { head, says: unsaid } = from ?? { head: beginning(id), says: [] };
  const entry = append(id, head, draft, clock());
  const says = aloud ? [...unsaid, version + 1] : unsaid;
  const row = { ...entryKey(id, entry.n), v: 1, data: entry };
  return { told: { head: { n: entry.n, hash: entry.hash }, says }, entry: put(row, "absent") };
}

export const ENTRY = "entry#";
const entryKey = (id: string, n: number): Key => ({ pk: id, sk: `${ENTRY}${String(n).padStart(9, "0")}` });

/** g2 holds it while something is to be said; g3 is the list it stands on. */
function storyRow(id: StoryId, version: number, data: Told, list: Place | undefined): Row {
  const g2 = data.says.length > 0 ? sharded("outbox", id) : undefined;
  return { ...storyKey(id), v: version, data, g2, g3: list };
}

/** Writes the next version, under the one before. */
export const putStory = (id: StoryId, version: number, data: Told, list: Place | undefined): Op =>
  put(storyRow(id, version + 1, data, list), under(version));

export const sayingKey = (id: StoryId, version: number): Saying["key"] => `${id}/${version}/0`;
