import { joinStatement } from "@leasehold/core/attribution";
import { type CredentialId, canonical, Fault } from "@leasehold/core/kernel";
import type { Edge, Node, Subject, SubjectId } from "@leasehold/core/lineage";
import type { Indexed } from "../ingest/index.ts";
import type { Versioned } from "../world/index.ts";
import { inEdges, inSubject } from "./difference.ts";
import type { Difference, How, RebuildPorts } from "./model.ts";
import type { Reading } from "./reading.ts";

export interface Compared {
  readonly difference: Difference | undefined;
  readonly outdated: boolean; // in the index of owners
  readonly wrote: boolean;
  readonly left: boolean; // the difference is still there
}

type Index = NonNullable<How["index"]>;
type Does = Pick<How, "write"> & { readonly index: Index };

const AT_ONCE = 500; // subjects
const TRIES = 8;

/** A few hundred subjects: what of each is not as the archive makes it; and, where it is to be written, written. */
export async function compareAll(
  world: RebuildPorts,
  reading: Reading,
  made: readonly Subject[],
  how: Does,
  each: (one: Compared) => void | Promise<void>,
): Promise<void> {
  for (let from = 0; from < made.length; from += AT_ONCE) {
    const looked = await Promise.all(made.slice(from, from + AT_ONCE).map((one) => look(world, one, how.index)));
    const wrong = looked.filter(isWrong);
    if (how.write && wrong.length > 0) await reading.still(); // read before this: so no node holds more than was read
    for (const one of looked) {
      const wrote = how.write && isWrong(one) && (await mend(world, reading, one, how.index));
      const { difference, outdated } = one;
      await each({ difference, outdated, wrote, left: difference !== undefined && !(wrote && saysNoMore(one)) });
    }
  }
}

interface Looked {
  readonly made: Subject;
  readonly found: Versioned<Node> | undefined;
  readonly indexed: Indexed;
  readonly difference: Difference | undefined;
  readonly outdated: boolean;
}

const isWrong = ({ difference, outdated }: Looked): boolean => difference !== undefined || outdated;

async function look({ graph, clock }: RebuildPorts, made: Subject, index: Index): Promise<Looked> {
  const found = await graph.node(made.id);
  const place = index(withSaid(made, found), clock());
  return {
    ...{ made, found, indexed: place },
    difference: inSubject(found?.value.subject, made),
    outdated: made.kind === "credential" && found !== undefined && (await isOutdated(graph, found.value, place)),
  };
}

async function isOutdated(graph: RebuildPorts["graph"], { subject, owner }: Node, { owner: now, candidates }: Indexed) {
  if (owner?.account !== now?.account) return true;
  const there = await graph.candidates(subject.id as CredentialId);
  return canonical([...there].sort()) !== canonical([...(candidates ?? [])].sort());
}

/** What people said is never taken away: it is in the archive too, or it is nowhere else. */
const withSaid = (made: Subject, found: Versioned<Node> | undefined): Subject => ({
  ...made,
  statements: (found?.value.subject.statements ?? []).reduce(joinStatement, made.statements),
});

/** Nobody said anything that the archive does not have. */
const saysNoMore = ({ made, found }: Looked): boolean =>
  canonical(withSaid(made, found).statements) === canonical(made.statements);

/** The derived parts anew under the version that was read; what is decided beside them stays as it is. */
async function mend(world: RebuildPorts, reading: Reading, first: Looked, index: Index): Promise<boolean> {
  let one = first;
  for (let left = TRIES; left > 0; left -= 1) {
    try {
      await world.graph.put(nodeOf(one), one.found?.version ?? 0, [], one.indexed.candidates);
      return true;
    } catch (error) {
      if (!(error instanceof Fault) || error.name !== "Conflict") throw error;
      one = await look(world, first.made, index); // a case moved it, or a signal did
      await reading.still();
    }
  }
  throw new Fault("Conflict", "it moved each time it was read", { what: first.made.id });
}

const NOTHING_DECIDED: Omit<Node, "subject" | "owner"> = {
  ...{ announced: undefined, openCase: undefined, windDown: undefined, contested: undefined, pending: [] },
};

const nodeOf = ({ made, found, indexed: { owner } }: Looked): Node => ({
  ...(found?.value ?? NOTHING_DECIDED),
  subject: withSaid(made, found),
  owner,
});

/** The edges that begin at these, of every kind that could. */
export async function compareEdges(
  { graph }: RebuildPorts,
  made: readonly Edge[],
  subjects: readonly Subject[],
  { write }: Pick<How, "write">,
  each: (one: Compared) => void | Promise<void>,
): Promise<void> {
  for (const [from, rels] of beginnings(made, subjects))
    for (const [rel, should] of rels) {
      const differences = inEdges(await graph.edges(from, rel), should);
      if (differences.length === 0) continue;
      if (write) await graph.join(should);
      const after = write ? inEdges(await graph.edges(from, rel), should) : differences;
      for (const difference of differences) {
        const left = after.some(({ what }) => what === difference.what);
        await each({ difference, outdated: false, wrote: !left, left });
      }
    }
}

type Beginnings = ReadonlyMap<string, ReadonlyMap<Edge["rel"], readonly Edge[]>>;

function beginnings(made: readonly Edge[], subjects: readonly Subject[]): Beginnings {
  const all = new Map<string, Map<Edge["rel"], Edge[]>>();
  const at = (from: string, rel: Edge["rel"]): Edge[] => {
    const rels = all.get(from) ?? new Map<Edge["rel"], Edge[]>();
    all.set(from, rels);
    const edges = rels.get(rel) ?? [];
    rels.set(rel, edges);
    return edges;
  };
  for (const { id, kind } of subjects) for (const rel of BEGINS[kind]) at(id, rel);
  for (const edge of made) at(edge.from, edge.rel).push(edge);
  return all;
}

const BEGINS: Readonly<Record<Subject["kind"], readonly Edge["rel"][]>> = {
  account: ["same-as", "addressed-by", "reads"],
  identity: ["holds", "runs", "uses", "reads", "may-read"],
  session: ["made"],
  credential: ["read-by", "kept-in"],
};

/** What the graph has and the archive does not speak of; it is told, and left as it is. */
export async function extras(
  { graph }: RebuildPorts,
  known: ReadonlySet<string>,
  each: (one: Compared) => void | Promise<void>,
): Promise<void> {
  for (const kind of ["account", "identity", "credential", "session"] as const) {
    let cursor: string | undefined;
    do {
      const { items, next } = await graph.list(kind, cursor);
      for (const { value } of items) {
        const id: SubjectId = value.subject.id;
        if (known.has(id)) continue;
        const difference = { what: id, fields: [], is: "not in the archive" } as const;
        await each({ difference, outdated: false, wrote: false, left: true });
      }
      cursor = next;
    } while (cursor !== undefined);
  }
}
