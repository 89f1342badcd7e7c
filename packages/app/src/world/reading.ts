import type { Config } from "../config/index.ts";
import type { Hand, Provider } from "./estate.ts";
import type { Cases, Graph, Ledger, Usage, WindDowns } from "./store.ts";
import type { World } from "./world.ts";

/** A hand that can only look: it sees, plans and says when a credential was last used. Nothing of it carries a plan out. */
export type Eyes = Omit<Hand, "apply" | "verify">;

/** A provider that can only be looked at. */
export interface Watched<E extends Eyes = Eyes>
  extends Pick<Provider, "id" | "title" | "mode" | "person" | "groups" | "check" | "collateral"> {
  readonly hands: readonly E[];
  readonly page?: unknown; // it can be listed
  readonly desk?: unknown; // people can be asked there
}

/** All that looking needs. A world has it; so has whoever may change nothing. */
export interface LookingPorts<E extends Eyes = Eyes> {
  readonly graph: Pick<Graph, "node" | "edges">;
  readonly usage: Pick<Usage, "of">;
  readonly estate: { provider(id: string): Pick<Watched<E>, "mode" | "person" | "groups" | "hands"> | undefined };
  readonly config: Config;
  readonly clock: World["clock"];
}

/** The world of whoever may change nothing: every port of it answers, and none of them writes, acts or asks people. */
export interface ReadingPorts extends LookingPorts {
  readonly graph: Pick<Graph, "node" | "edges" | "ownedBy">;
  readonly usage: Pick<Usage, "of" | "span">;
  readonly cases: Pick<Cases, "get" | "list">;
  readonly windDowns: Pick<WindDowns, "get" | "listOpen">;
  readonly ledger: Pick<Ledger, "brake" | "coverage">;
  readonly estate: {
    provider(id: string): Watched | undefined;
    providers(): readonly Watched[];
  };
}

/** Made anew, and not only typed so: what writes is not there to be reached. */
export function onlyReading({ graph, usage, cases, windDowns, ledger, estate, config, clock }: World): ReadingPorts {
  const known = new Map<Provider, Watched>();
  const one = (provider: Provider) => {
    const before = known.get(provider) ?? watched(provider);
    known.set(provider, before);
    return before;
  };
  return {
    graph: {
      node: (id) => graph.node(id),
      edges: (from, rel, how) => graph.edges(from, rel, how),
      ownedBy: (account, cursor) => graph.ownedBy(account, cursor),
    },
    usage: {
      of: (credential, from, to, cursor) => usage.of(credential, from, to, cursor),
      span: (credential) => usage.span(credential),
    },
    cases: { get: (id) => cases.get(id), list: (status, cursor) => cases.list(status, cursor) },
    windDowns: { get: (id) => windDowns.get(id), listOpen: (cursor) => windDowns.listOpen(cursor) },
    ledger: { brake: () => ledger.brake(), coverage: () => ledger.coverage() },
    estate: {
      provider: (id) => {
        const provider = estate.provider(id);
        return provider && one(provider);
      },
      providers: () => estate.providers().map(one),
    },
    config,
    clock,
  };
}

const watched = ({ id, title, mode, person, groups, check, collateral, hands, page, desk }: Provider): Watched => ({
  ...{ id, title, mode, person, groups, check, collateral },
  ...(page && { page: true }),
  ...(desk && { desk: true }),
  hands: hands.map(eyesOf),
});

function eyesOf(hand: Hand): Eyes {
  const { verb, credential, blast, permissions, settlesAfter, reversibility, lastUsed, wayBack, isBack } = hand;
  return {
    ...{ verb, credential, blast, permissions, settlesAfter, reversibility },
    see: (target) => hand.see(target),
    plan: (target) => hand.plan(target),
    ...(lastUsed && { lastUsed }),
    ...(wayBack && { wayBack }),
    ...(isBack && { isBack }),
  };
}
