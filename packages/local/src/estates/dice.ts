import { createHash } from "node:crypto";

/** Chance that is the same on every machine: all of an estate follows from its seed. */
export interface Dice {
  chance(share: number): boolean;
  between(low: number, high: number): number; // a whole number, both ends included
  one<T>(all: readonly T[]): T;
  shuffled<T>(all: readonly T[]): readonly T[];
  text(length: number, alphabet: string): string;
  /** Dice of its own, so that a roll more in one place changes nothing in another. */
  fork(...label: readonly string[]): Dice;
}

export function dice(...label: readonly string[]): Dice {
  const next = sfc32(createHash("sha256").update(JSON.stringify(label)).digest());
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    chance: (share) => next() < share,
    between,
    one: (all) => {
      const found = all[between(0, all.length - 1)];
      if (found === undefined) throw new RangeError("nothing to choose from");
      return found;
    },
    shuffled: (all) => {
      const list = [...all];
      for (let last = list.length - 1; last > 0; last -= 1) {
        const other = between(0, last);
        [list[last], list[other]] = [list[other] as (typeof list)[number], list[last] as (typeof list)[number]];
      }
      return list;
    },
    text: (length, alphabet) => Array.from({ length }, () => alphabet[between(0, alphabet.length - 1)]).join(""),
    fork: (...more) => dice(...label, ...more),
  };
}

/** Chris Doty-Humphrey's small fast counter. */
function sfc32(seed: Buffer): () => number {
  let [a, b, c, counter] = [seed.readInt32LE(0), seed.readInt32LE(4), seed.readInt32LE(8), 1];
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}
