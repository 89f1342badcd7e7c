import type { LabelledEstate, Truth } from "@leasehold/local/estates";

/** Who is named first for a credential, and how surely. */
export interface Answer {
  readonly person: string | undefined; // employee number; undefined: nobody, or nobody who ever worked there
  readonly named: boolean; // somebody is named, known or not
  readonly confidence: number;
}
export const NOBODY: Answer = { person: undefined, named: false, confidence: 0 };

/** A way to answer: ours, or a rule that others use. */
export type Answering = (estate: LabelledEstate) => Promise<(credential: Truth) => Promise<Answer>>;

/** By address as a directory would say it today: whoever has it now, or had it last. */
export function holders({ truth }: LabelledEstate): ReadonlyMap<string, string> {
  const present = truth.people.toSorted((a, b) =>
    (a.until ?? "~") < (b.until ?? "~") || (a.until === b.until && a.from < b.from) ? -1 : 1,
  );
  return new Map(present.map(({ address, number }) => [address, number]));
}
