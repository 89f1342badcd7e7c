import { digest } from "@leasehold/core/kernel";
import { type Edge, joinEdge } from "@leasehold/core/lineage";
import { type Glance, type Key, put, type Range, type Table, under } from "../table/index.ts";
import { again, everything } from "./paging.ts";

const LONGEST = 256;

/** An end of an edge may be any text; a key may not. */
const keyable = (text: string) => (text !== "" && text.length <= LONGEST ? text : `~${digest(text)}`);
const relation = (rel: Edge["rel"]) => `edge#${rel}#`;
const keyOf = ({ from, rel, to }: Edge): Key => ({ pk: keyable(from), sk: `${relation(rel)}${keyable(to)}` });

/** Joins edges into what is there, and says how many it wrote. An edge that this does not change is read and not written. */
export async function joinEdges(table: Table, edges: readonly Edge[]): Promise<number> {
  const written = await Promise.all([...folded(edges).values()].map((edge) => keepEdge(table, edge)));
  return written.filter(Boolean).length;
}

/** The same edge twice in one write is one edge. */
function folded(edges: readonly Edge[]): ReadonlyMap<string, Edge> {
  const each = new Map<string, Edge>();
  for (const edge of edges) {
    const key = JSON.stringify(keyOf(edge));
    const before = each.get(key);
    each.set(key, before ? joinEdge(before, edge) : edge);
  }
  return each;
}

/** A glance is enough: an edge only grows, so one that has this already still has it, and a write is under what was read. */
function keepEdge(table: Table, edge: Edge): Promise<boolean> {
  const key = keyOf(edge);
  let how: Glance | undefined = "may lag";
  return again(async () => {
    const found = await table.get(key, how);
    how = undefined; // somebody was faster: from here on as it is
    const before = found?.data as Edge | undefined;
    const after = before ? joinEdge(before, edge) : edge;
    if (before && same(before, after)) return false;
    const version = found?.v ?? 0;
    await table.write([put({ ...key, v: version + 1, data: after }, under(version))]);
    return true;
  });
}

const same = (a: Edge, b: Edge) => a.first === b.first && a.last === b.last && a.retracted === b.retracted;

export async function edgesOf(
  table: Table,
  from: string,
  rel: Edge["rel"],
  { limit, how }: Pick<Range, "limit" | "how">,
): Promise<readonly Edge[]> {
  const range = { pk: keyable(from), prefix: relation(rel), limit, how };
  const rows = await everything((cursor) => table.query({ ...range, cursor }));
  return rows.map(({ data }) => data as Edge);
}
