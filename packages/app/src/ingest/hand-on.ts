import { alike, Fault } from "@leasehold/core/kernel";
import {
  deliveryOf,
  exposedOn,
  handedFacts,
  handedMark,
  isMaker,
  isSession,
  type Subject,
  type SubjectId,
} from "@leasehold/core/lineage";
import { inChunks, type World } from "../world/index.ts";
import { type About, type Known, makersNow, type Written, write } from "./write.ts";

type Ports = Pick<World, "graph">;
type Came = Parameters<typeof deliveryOf>[0];

/**
 * What is known of who is behind a session or an identity goes to all that was made in it or is held by it, and on from there:
 * a hop that comes late completes everything that waited for it. Reads only, where it is there already, so that a second
 * delivery mends what a crash left; of a maker of many a mark says that nothing is left, or each of a thousand keys would be
 * looked at again for each of them. Whoever is met again with more than was handed on, by whatever hand, is gone on from once
 * more. A chain ends of itself, because evidence counts its hops.
 */
export async function handOn(
  world: Ports,
  makers: readonly Pick<Written, "id" | "writes">[],
  came: Came,
  known: Known,
): Promise<readonly Written[]> {
  const said = new Map<SubjectId, readonly unknown[]>();
  const written: Written[] = [];
  const marked: Subject[] = [];
  let next: readonly Maker[] = makers.map(({ id, writes }) => ({ id, moved: writes > 0 }));
  let as = known; // the first are as this delivery left them; who comes after may have changed since
  while (next.length > 0) {
    const handed = await inChunks(next, (maker) => handOver(world, maker, came, as));
    for (const { maker, knew } of handed) said.set(maker, knew);
    as = new Map();
    const all = handed.flatMap(({ to }) => to);
    written.push(...all);
    marked.push(...handed.flatMap(({ marked }) => marked ?? []));
    next = onward(all, said);
  }
  for (const maker of marked.toReversed()) await mark(world.graph, maker); // at the end: what is marked is not gone through again
  return written;
}

interface Maker {
  readonly id: SubjectId;
  readonly moved: boolean;
}

function onward(written: readonly Written[], said: ReadonlyMap<SubjectId, readonly unknown[]>): readonly Maker[] {
  const makers = new Map<SubjectId, Maker>();
  for (const { id, subject, writes, handed } of written)
    if (isMaker(id) && !handed && !alike(knownOf(subject), said.get(id)))
      makers.set(id, { id, moved: writes > 0 || said.has(id) || (makers.get(id)?.moved ?? false) });
  return [...makers.values()];
}

const knownOf = (subject: Subject | undefined): readonly unknown[] =>
  subject === undefined ? [] : [...subject.evidence, handedFacts(subject), exposedOn(subject)];

/**
 * The list is read after the maker was written, and as it is: who links something later than that looks at the maker afterwards.
 * Where the maker stands as it stood, only a crash can have left something undone, and what was linked by then is no news.
 */
async function handOver({ graph }: Ports, { id, moved }: Maker, came: Came, known: Known) {
  const edges = await graph.edges(id, isSession(id) ? "made" : "holds", moved ? undefined : "glance");
  const as = edges.length === 0 || known.has(id) ? known : await makersNow(graph, [id]);
  const to = await inChunks(edges, ({ to }) => {
    const about: About = { id: to as SubjectId, said: [], makers: [id], look: "glance" };
    return write({ graph }, about, deliveryOf(came, about.said), as);
  });
  const maker = as.get(id);
  return { maker: id, knew: knownOf(maker), to, marked: edges.length > FEW ? maker : undefined };
}

const FEW = 16; // it made so few that looking at them again costs less than the mark

/** Only where it is still what was handed on. Somebody else may be faster: then the next one looks again. */
async function mark(graph: World["graph"], maker: Subject): Promise<void> {
  const found = await graph.node(maker.id);
  const handed = handedMark(maker);
  if (found === undefined || found.value.handed === handed || handedMark(found.value.subject) !== handed) return;
  try {
    await graph.put({ ...found.value, handed }, found.version);
  } catch (error) {
    if (!(error instanceof Fault && error.name === "Conflict")) throw error;
  }
}
