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
  makers: readonly Pick<About, "id">[],
  came: Came,
  known: Known,
): Promise<readonly Written[]> {
  const met = new Set<SubjectId>();
  const written: Written[] = [];
  let next: readonly SubjectId[] = makers.map(({ id }) => id);
  let as = known; // the first are as this delivery left them; who comes after may have changed since
  while (next.length > 0) {
    for (const id of next) met.add(id);
    const handed = (await inChunks(next, (id) => handOver(world, id, came, as))).flat();
    as = new Map();
    written.push(...handed);
    const onward = handed.filter(({ id, writes }) => isMaker(id) && (writes > 0 || !met.has(id)));
    next = [...new Set(onward.map(({ id }) => id))];
  }
  return written;
}

const isMaker = (id: SubjectId) => isSession(id) || id.startsWith("idn_");

/** The list is read after the maker was written, and as it is: who links something later than that looks at the maker afterwards. */
async function handOver({ graph }: Ports, maker: SubjectId, came: Came, known: Known): Promise<readonly Written[]> {
  const edges = await graph.edges(maker, isSession(maker) ? "made" : "holds");
  const as = edges.length === 0 || known.has(maker) ? known : await makersNow(graph, [maker]);
  return inChunks(edges, ({ to }) => {
    const about: About = { id: to as SubjectId, said: [], makers: [maker], look: "glance" };
    return write({ graph }, about, deliveryOf(came, about.said), as);
  });
}
