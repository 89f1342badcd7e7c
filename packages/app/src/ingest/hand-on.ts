import { deliveryOf, type Edge, isSession, type SubjectId } from "@leasehold/core/lineage";
import type { World } from "../world/index.ts";
import { inChunks } from "./chunks.ts";
import { type About, type Known, makersNow, type Written, write } from "./write.ts";

type Ports = Pick<World, "graph">;
type Came = Parameters<typeof deliveryOf>[0];

/** Along these, what is known of a maker goes to what it made. */
export const MAKING: readonly Edge["rel"][] = ["holds", "made"];

/**
 * What is known of who is behind a session or an identity goes to all that was made in it or is held by it, and on from there: a
 * hop that comes late completes everything that waited for it. Reads only, where it is there already, so that a second delivery
 * mends what a crash left. A chain ends of itself, because evidence counts its hops; what did not change is gone on from once.
 */
export async function handOn(
  world: Ports,
  makers: readonly Pick<Written, "id" | "writes">[],
  came: Came,
  known: Known,
): Promise<readonly Written[]> {
  const met = new Set<SubjectId>();
  const written: Written[] = [];
  let next: readonly Maker[] = makers.map(({ id, writes }) => ({ id, moved: writes > 0 }));
  let as = known; // the first are as this delivery left them; who comes after may have changed since
  while (next.length > 0) {
    for (const { id } of next) met.add(id);
    const handed = (await inChunks(next, (maker) => handOver(world, maker, came, as))).flat();
    as = new Map();
    written.push(...handed);
    const onward = handed.filter(({ id, writes }) => isMaker(id) && (writes > 0 || !met.has(id)));
    const moved = new Set(onward.filter(({ writes }) => writes > 0).map(({ id }) => id));
    next = [...new Set(onward.map(({ id }) => id))].map((id) => ({ id, moved: moved.has(id) }));
  }
  return written;
}

const isMaker = (id: SubjectId) => isSession(id) || id.startsWith("idn_");

interface Maker {
  readonly id: SubjectId;
  readonly moved: boolean;
}

/**
 * The list is read after the maker was written, and as it is: who links something later than that looks at the maker afterwards.
 * Where the maker stands as it stood, only a crash can have left something undone, and what was linked by then is no news.
 */
async function handOver({ graph }: Ports, { id, moved }: Maker, came: Came, known: Known): Promise<readonly Written[]> {
  const edges = await graph.edges(id, isSession(id) ? "made" : "holds", moved ? undefined : "glance");
  const as = edges.length === 0 || known.has(id) ? known : await makersNow(graph, [id]);
  return inChunks(edges, ({ to }) => {
    const about: About = { id: to as SubjectId, said: [], makers: [id], look: "glance" };
    return write({ graph }, about, deliveryOf(came, about.said), as);
  });
}
