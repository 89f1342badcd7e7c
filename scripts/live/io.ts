import { setTimeout } from "node:timers/promises";
import { Fault } from "@leasehold/core/kernel";

/** Where its words go, and what it may take of this machine. A test brings its own. */
export interface Io {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stopped: () => AbortSignal; // ends when a person wants an end (Ctrl-C)
  readonly clock?: () => number; // milliseconds
  readonly wait?: (millis: number) => Promise<unknown>;
}

/** What each part works with. */
export interface Tools {
  readonly now: () => number;
  readonly wait: (millis: number) => Promise<void>; // throws once somebody wants an end
  readonly unstopped: (millis: number) => Promise<void>; // for what must go on all the same
  readonly goOn: () => void; // throws once somebody wants an end
  readonly ended: () => boolean; // whether somebody wants one
  readonly say: (line: string) => void; // at once; beside the answer where that is for a program
}

export function toolsOf({ stopped, clock = Date.now, wait }: Io, say: Tools["say"]): Tools {
  const signal = stopped();
  const goOn = () => {
    if (signal.aborted) throw new Stopped();
  };
  const unstopped = async (millis: number) => void (await (wait ?? setTimeout)(millis));
  const sleeps = async (millis: number) =>
    void (await (wait === undefined ? setTimeout(millis, undefined, { signal }).catch(() => undefined) : wait(millis)));
  return {
    ...{ now: clock, unstopped, goOn, say, ended: () => signal.aborted },
    wait: async (millis) => {
      goOn();
      await sleeps(millis);
      goOn();
    },
  };
}

/** Somebody wanted an end. */
export class Stopped extends Error {}

const MOST_TRIES = 6;
const FIRST_PAUSE = 1_000; // ms; doubled each time

/** Once more, after a while, where it would go through another time. */
export async function patiently<T>(work: () => Promise<T>, wait: Tools["wait"], passing = isTransient): Promise<T> {
  for (let tries = 1; ; tries += 1)
    try {
      return await work();
    } catch (error) {
      if (tries === MOST_TRIES || !passing(error)) throw error;
      await wait(pauseOf(error) ?? FIRST_PAUSE * 2 ** (tries - 1));
    }
}

export const isTransient = (error: unknown): boolean =>
  error instanceof Fault && (error.name === "Throttled" || error.name === "Unavailable");

function pauseOf(error: unknown): number | undefined {
  const told = error instanceof Fault ? error.facts["retryAfterSeconds"] : undefined;
  return typeof told === "number" ? told * 1_000 : undefined;
}
