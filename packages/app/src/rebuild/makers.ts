import {
  type Contribution,
  contributions,
  exposedOn,
  gathering,
  isMaker,
  makingFacts,
  type Subject,
  saysExposed,
  saysOwners,
} from "@leasehold/core/lineage";
import type { Archived } from "../world/index.ts";

/** What the first pass keeps: who there is, and of sessions and identities what they hand on. */
export interface Makers {
  take(one: Archived): void;
  /** Every subject of which the archive speaks. */
  readonly ids: ReadonlySet<string>;
  /** With all that reaches them through other makers: to be asked for once everything was taken. */
  known(): ReadonlyMap<string, Subject>;
}

export function makers(): Makers {
  const ids = new Set<string>();
  const among = gathering({ subject: isMaker, edge: ({ rel, to }) => rel === "made" && isMaker(to) });
  return {
    ids,
    take: ({ signal }) => {
      const said = contributions(signal);
      for (const { subject } of said) ids.add(subject.id);
      among.add(said.filter(speaksOfMaking).map(bare));
    },
    known: () => new Map(among.lineage().subjects.map((one) => [one.id, one])),
  };
}

const speaksOfMaking = ({ subject, evidence, edges, facts }: Contribution) =>
  isMaker(subject.id) && (evidence.length > 0 || edges.length > 0 || saysOwners({ facts }) || saysExposed({ facts }));

/** Of a maker only what it hands on: all else of it is gathered in the pass that it belongs to. */
const bare = (said: Contribution): Contribution => ({
  ...said,
  facts: { ...makingFacts(said.facts), ...exposedOn(said) },
  turns: {},
});
