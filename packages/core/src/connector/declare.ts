import type { Action, Collateral, Connector, ShortLived } from "./contract.ts";

/** What a connector can do, as data: all that is known of it where its code, its secrets and its rights are not. */
export interface Declared {
  readonly id: string;
  readonly title: string;
  readonly proof: Connector["proof"];
  readonly hands: readonly DeclaredHand[];
  readonly parts: readonly Part[];
  readonly collateral?: readonly Collateral[] | undefined;
  readonly shortLived?: readonly ShortLived[] | undefined;
}
export type DeclaredHand = Pick<
  Action<unknown>,
  "verb" | "credential" | "blast" | "permissions" | "settlesAfter" | "reversibility" | "sessions" | "contain"
> & { readonly saysLastUse: boolean };

export const PARTS = ["check", "people", "groups", "lists", "polls", "desk", "hears", "confirm", "tell"] as const;
export type Part = (typeof PARTS)[number];

export function declare({ id, title, proof, acts = [], desk, collateral, shortLived, ...others }: Connector): Declared {
  const has: Readonly<Record<Part, unknown>> = {
    ...{
      check: others.check,
      people: others.people,
      groups: others.people?.groups,
      lists: others.lists,
      polls: others.polls,
    },
    ...{ desk, hears: desk?.read, confirm: desk?.confirm, tell: desk?.tell },
  };
  return {
    id,
    title,
    proof,
    hands: acts.map(handOf),
    parts: PARTS.filter((part) => has[part] !== undefined),
    ...(collateral && { collateral }),
    ...(shortLived && { shortLived }),
  };
}

function handOf(action: Action<unknown>): DeclaredHand {
  const { verb, credential, blast, permissions, settlesAfter, reversibility, sessions, contain, lastUsed } = action;
  return {
    ...{ verb, credential, blast, permissions, settlesAfter, reversibility, saysLastUse: lastUsed !== undefined },
    ...(sessions && { sessions }),
    ...(contain && { contain }),
  };
}
