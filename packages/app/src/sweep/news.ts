import type { Instant } from "@leasehold/core/kernel";
import {
  asOfLook,
  type Contribution,
  contributions,
  deliveryOf,
  departureOf,
  isNews,
  isSeen,
  join,
  type Node,
  type SubjectId,
  toSay,
} from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import type { World } from "../world/index.ts";

export interface Look {
  readonly now: Instant;
  readonly installed: Instant;
}

/** Which of these say something that the graph does not. */
export async function unknownIn(world: Pick<World, "graph">, signals: readonly Signal[]): Promise<readonly Signal[]> {
  const nodes = await nodesOf(world, signals);
  return signals.filter((signal) =>
    contributions(signal).some((one) => isNews(nodes.get(one.subject.id)?.subject, one)),
  );
}

/** What a page of a list adds to the graph. */
export interface News {
  readonly signals: readonly Signal[]; // only those that say something new, or something not yet announced
  readonly unheard: readonly SubjectId[]; // have left, and no event said so
  readonly reported: readonly SubjectId[]; // have left, from before the installation or nobody knows since when
}

/**
 * Drops what the graph says already: a list that repeats itself costs one read for each subject and no write. `asOf`: what is
 * listed is as old as that, and contradicts nothing that is younger.
 */
export async function newsIn(
  world: Pick<World, "graph">,
  signals: readonly Signal[],
  look: Look,
  asOf = look.now,
): Promise<News> {
  const nodes = await nodesOf(world, signals);
  const judged = signals.map((given) => {
    const signal = isSeen(given) ? asOfLook(given, nodes.get(mainOf(given))?.subject, asOf) : given;
    return { signal, told: contributions(signal).map((one) => tellingOf(nodes.get(one.subject.id), one, look)) };
  });
  const told = judged.flatMap((one) => one.told);
  return {
    signals: judged
      .filter((one) => !isSeen(one.signal) || mayFind(one.signal) || one.told.some(({ news }) => news))
      .map(({ signal }) => signal),
    unheard: told.filter(({ unheard }) => unheard).map(({ id }) => id),
    reported: told.filter(({ reported }) => reported).map(({ id }) => id),
  };
}

/** These are few, and what a crash left unsaid of one nothing else would say. */
const mayFind = (signal: Signal): boolean => signal.kind === "access.judged" && signal.says === "open to outsiders";

const mainOf = (signal: Signal): SubjectId | "" => contributions(signal).at(-1)?.subject.id ?? "";

async function nodesOf({ graph }: Pick<World, "graph">, signals: readonly Signal[]): Promise<Map<string, Node>> {
  const ids = [...new Set(signals.flatMap(contributions).map(({ subject }) => subject.id))];
  const nodes = new Map<string, Node>();
  for (let from = 0; from < ids.length; from += AT_ONCE)
    for (const found of await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => graph.node(id))))
      if (found !== undefined) nodes.set(found.value.subject.id, found.value);
  return nodes;
}

const AT_ONCE = 32;

interface Telling {
  readonly id: SubjectId;
  readonly news: boolean;
  readonly unheard: boolean;
  readonly reported: boolean;
}

/** The same judgement that the write will make, made before it. */
function tellingOf(before: Node | undefined, said: Contribution, { now, installed }: Look): Telling {
  const after = join(before?.subject, said);
  const say = toSay(before, after, undefined, deliveryOf({ live: true, recordedAt: now, installed }, [said]));
  const departure = departureOf(after);
  const left = after.facts["left"];
  const heard = departure !== undefined && left !== undefined && left.at >= departure;
  return {
    id: said.subject.id,
    news: isNews(before?.subject, said) || say.names.length > 0,
    unheard: say.names.includes("person.left") && !heard,
    reported: say.reported,
  };
}
