import type { Verb } from "@leasehold/core/connector";
import { type Descent, RUNGS, type Rung } from "@leasehold/core/winddown";
import type { Eyes } from "../world/index.ts";

/** Which rung a verb takes a credential to: sessions, once ended, are off. What only replaces it is no rung. */
const RUNG_OF: { readonly [V in Verb]?: Rung } = {
  quarantine: "quarantined",
  disable: "disabled",
  revoke: "disabled",
  "end-sessions": "disabled",
  delete: "deleted",
};

/** Every rung that this provider can reach, nearest first, as its actions declare them. */
export function ladderOf(hands: readonly Eyes[]): readonly Descent[] {
  return hands
    .flatMap(({ verb, reversibility, blast }) => {
      const to = RUNG_OF[verb];
      return to === undefined ? [] : [{ to, reversibility, blast }];
    })
    .sort((a, b) => RUNGS.indexOf(a.to) - RUNGS.indexOf(b.to));
}

export const handFor = <E extends Eyes>(hands: readonly E[], to: Rung): E | undefined =>
  hands.find(({ verb }) => RUNG_OF[verb] === to);
