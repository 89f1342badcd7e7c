import type { Instant } from "@leasehold/core/kernel";
import { dayOf } from "@leasehold/core/kernel";
import type { Eyes, ReadingPorts, Watched } from "../world/index.ts";

/** Every answer is asked for once: a preview is of one moment, however often it looks. A fault is remembered, too. */
export function remembering(ports: ReadingPorts): ReadingPorts {
  const { graph, usage, ledger, estate } = ports;
  const known = new Map<string, Watched>();
  const watched = (one: Watched) => {
    const before = known.get(one.id) ?? rememberedOf(one);
    known.set(one.id, before);
    return before;
  };
  return {
    ...ports,
    graph: {
      node: once((id) => id, graph.node),
      edges: once((from, rel) => `${from} ${rel}`, graph.edges),
      ownedBy: once((account, cursor = "") => `${account} ${cursor}`, graph.ownedBy),
    },
    usage: {
      of: once((credential, from, to, cursor = "") => [credential, day(from), day(to), cursor].join(" "), usage.of),
      span: once((credential) => credential ?? "", usage.span),
    },
    ledger: { brake: once(() => "", ledger.brake), coverage: once(() => "", ledger.coverage) },
    estate: {
      provider: (id) => {
        const provider = estate.provider(id);
        return provider && watched(provider);
      },
      providers: () => estate.providers().map(watched),
    },
  };
}

const day = (instant: Instant) => dayOf(instant); // usage is kept and read by the day

function rememberedOf(one: Watched): Watched {
  const { person, groups, check } = one;
  return {
    ...one,
    person: person && once((handle) => JSON.stringify(Object.entries(handle).sort()), person),
    groups: groups && {
      has: once((group, handle) => `${group} ${JSON.stringify(Object.entries(handle).sort())}`, groups.has),
      members: once((group) => group, groups.members),
    },
    check: check && once(() => "", check),
    hands: one.hands.map(eyesOf),
  };
}

function eyesOf(eyes: Eyes): Eyes {
  const { lastUsed, see, plan } = eyes;
  return {
    ...eyes,
    see: once(({ credential }) => credential, see),
    plan: once(({ credential }) => credential, plan),
    ...(lastUsed && { lastUsed: once(({ credential }) => credential, lastUsed) }),
  };
}

function once<Args extends readonly unknown[], Out>(
  keyOf: (...args: Args) => string,
  ask: (...args: Args) => Promise<Out>,
): (...args: Args) => Promise<Out> {
  const asked = new Map<string, Promise<Out>>();
  return (...args) => {
    const key = keyOf(...args);
    const answer = asked.get(key) ?? ask(...args);
    asked.set(key, answer);
    return answer;
  };
}
