import { draw, type State } from "@leasehold/core/connector";
import type { CredentialId, Instant } from "@leasehold/core/kernel";
import type { Eyes, ReadingPorts, Watched } from "../world/index.ts";

/** A world in which what was foreseen so far has been done: it is seen as it would have been left, and time goes by in it. */
export interface Foreseen {
  at(now: Instant): ReadingPorts;
  left(credential: CredentialId, state: State): void;
  contested(credential: CredentialId, at: Instant): void;
}

export function foreseeing(world: ReadingPorts): Foreseen {
  const states = new Map<string, State>();
  const contested = new Map<string, Instant>();
  const watched = (one: Watched): Watched => ({ ...one, hands: one.hands.map((eyes) => eyesOf(eyes, states)) });
  const there: ReadingPorts = {
    ...world,
    graph: {
      ...world.graph,
      node: async (id) => {
        const node = await world.graph.node(id);
        const at = contested.get(id);
        return node && at ? { ...node, value: { ...node.value, contested: at } } : node;
      },
    },
    estate: {
      provider: (id) => {
        const provider = world.estate.provider(id);
        return provider && watched(provider);
      },
      providers: () => world.estate.providers().map(watched),
    },
  };
  return {
    at: (now) => ({ ...there, clock: () => now }),
    left: (credential, state) => void states.set(credential, state),
    contested: (credential, at) => void contested.set(credential, at),
  };
}

function eyesOf(eyes: Eyes, states: ReadonlyMap<string, State>): Eyes {
  return {
    ...eyes,
    see: async (target) => (states.has(target.credential) ? states.get(target.credential) : eyes.see(target)),
    plan: async (target) => {
      const plan = await eyes.plan(target);
      return states.has(target.credential) ? draw({ ...plan, before: states.get(target.credential) ?? {} }) : plan;
    },
  };
}
