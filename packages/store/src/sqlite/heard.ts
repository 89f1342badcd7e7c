import type { Heard } from "@leasehold/app/world";
import { wordingOf } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";

export interface Hearing extends Heard {
  has(signal: Signal): boolean;
  /** What is kept from here on counts when it is settled; what was kept before and was not, never. */
  begin(): void;
  settle(): void;
  forget(): void;
}

const MOST = 200_000; // wordings of some hundred bytes each; the first that came goes first

export function hearing(most = MOST): Hearing {
  const all = new Set<string>();
  const wordings = new Map<Signal, string>(); // of what is before us, each made once
  let kept: readonly string[] = [];
  const wordingFor = (signal: Signal) => {
    const known = wordings.get(signal);
    if (known !== undefined) return known;
    const wording = wordingOf(signal);
    wordings.set(signal, wording);
    return wording;
  };
  const begin = () => {
    wordings.clear();
    kept = [];
  };
  return {
    begin,
    has: (signal) => all.has(wordingFor(signal)),
    news: (signals) => {
      const each = new Map(signals.map((signal) => [wordingFor(signal), signal]));
      return [...each].flatMap(([wording, signal]) => (all.has(wording) ? [] : [signal]));
    },
    keep: (signals) => {
      kept = [...kept, ...signals.map(wordingFor)];
    },
    settle: () => {
      for (const wording of kept) all.add(wording);
      for (const first of all) {
        if (all.size <= most) break;
        all.delete(first);
      }
      begin();
    },
    forget: () => all.clear(),
  };
}
