import { canonical } from "@leasehold/core/kernel";
import { type Edge, edgeKey, type Subject } from "@leasehold/core/lineage";
import type { Difference } from "./model.ts";

/** In what a subject of the graph is not what the archive makes of it; undefined where it is the same, bit for bit. */
export function inSubject(live: Subject | undefined, made: Subject): Difference | undefined {
  if (live === undefined) return { what: made.id, fields: [], is: "missing" };
  if (canonical(live) === canonical(made)) return undefined;
  const fields = [
    ...(["kind", "tenant"] as const).filter((name) => live[name] !== made[name]),
    ...namesIn("facts", live.facts, made.facts),
    ...namesIn("turns", live.turns, made.turns),
    ...(["evidence", "statements"] as const).filter((name) => canonical(live[name]) !== canonical(made[name])),
  ];
  return { what: made.id, fields, is: "different" };
}

/** The edges of one beginning and kind, both ways. */
export function inEdges(live: readonly Edge[], made: readonly Edge[]): readonly Difference[] {
  const [is, should] = [byKey(live), byKey(made)];
  const wrong = made.flatMap((edge): Difference[] => {
    const what = edgeKey(edge);
    const found = is.get(what);
    if (found === undefined) return [{ what, fields: [], is: "missing" }];
    const fields = (["first", "last", "retracted"] as const).filter((name) => found[name] !== edge[name]);
    return fields.length === 0 ? [] : [{ what, fields, is: "different" }];
  });
  const extra = live.map(edgeKey).filter((what) => !should.has(what));
  return [...wrong, ...extra.map((what): Difference => ({ what, fields: [], is: "not in the archive" }))];
}

const byKey = (edges: readonly Edge[]) => new Map(edges.map((edge) => [edgeKey(edge), edge]));

function namesIn(
  field: string,
  live: Readonly<Record<string, unknown>>,
  made: Readonly<Record<string, unknown>>,
): readonly string[] {
  const names = [...new Set([...Object.keys(live), ...Object.keys(made)])].sort();
  const differ = (name: string) => canonical(live[name] ?? null) !== canonical(made[name] ?? null);
  return names.filter(differ).map((name) => `${field}.${name}`);
}
