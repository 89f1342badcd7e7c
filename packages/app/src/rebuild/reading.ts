import { Fault } from "@leasehold/core/kernel";
import type { Archived, World } from "../world/index.ts";
import type { OnProgress } from "./model.ts";

type Ports = Pick<World, "archive">;

/** An archive up to where it ended when it was first read through. */
export interface Reading {
  readonly signals: number;
  /** All of it again, up to there: signals that came since belong to no pass. */
  pass(take: (one: Archived) => void): Promise<void>;
  /** Whether nothing came since; refused otherwise. A signal is archived before it is joined, so this tells for the graph too. */
  still(): Promise<void>;
}

const EVERY = 10_000; // signals

/** Reads an archive through once. */
export async function reading(
  { archive }: Ports,
  take: (one: Archived) => void,
  onProgress: OnProgress = () => {},
): Promise<Reading> {
  let done = 0;
  const through = async (most: number | undefined, see: (one: Archived) => void): Promise<Mark> => {
    const told = tellingEvery(EVERY, (all) => onProgress({ does: "reads", done: all, of: undefined }));
    let mark: Mark = { cursor: undefined, items: 0, next: undefined };
    let taken = 0;
    do {
      const cursor = mark.next;
      const { items, next } = await archive.read(cursor);
      const mine = most === undefined ? items : items.slice(0, most - taken);
      for (const one of mine) see(one);
      taken += mine.length;
      done += mine.length;
      await told(done);
      mark = { cursor, items: items.length, next };
    } while (mark.next !== undefined && taken !== most);
    return mark;
  };
  const end = await through(undefined, take);
  const signals = done;
  return {
    signals,
    pass: async (see) => void (await through(signals, see)),
    still: async () => {
      const { items, next } = await archive.read(end.cursor);
      if (items.length !== end.items || next !== end.next) throw moved();
    },
  };
}

/** A page: where it begins, how much is on it, where the next one does. */
interface Mark {
  readonly cursor: string | undefined;
  readonly items: number;
  readonly next: string | undefined;
}

const moved = () =>
  new Fault("Conflict", "signals came in meanwhile: run it again while nothing else writes", { what: "archive" });

/** Tells at each so many, and not at every one. */
export function tellingEvery(step: number, tell: (done: number) => void | Promise<void>) {
  let told = 0;
  return async (done: number): Promise<void> => {
    if (done - told < step) return;
    told = done;
    await tell(done);
  };
}
