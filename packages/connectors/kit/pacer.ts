import { AsyncLocalStorage } from "node:async_hooks";
import { Fault } from "@leasehold/core/kernel";
import { type Bucket, full, type Limit, perSecond, slowed, spend, waitOf } from "@leasehold/core/pace";

/** Time as a pacer needs it; a test brings its own. */
export interface Pacing {
  readonly millis: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly share: number; // of the limit, for this process
  readonly patience: number; // ms
}
export interface Kind {
  readonly changes?: boolean;
  readonly urgent?: boolean; // an undo, or what has leaked
  readonly counts?: number | undefined; // of the limit; 1, or what a change counts as, where nothing is said
}

/** Sends a call when it is its turn, and learns from a refusal. */
export type Pacer = <T>(call: () => Promise<T>, kind?: Kind) => Promise<T>;

/**
 * The longest that a call waits here for its turn. What would wait longer is sent away with the instant at which to come back: an
 * act must be over before its claim is, and a process that sleeps helps nobody.
 */
const PATIENCE = 2_000; // ms
export const DESK_PATIENCE = 20_000; // ms: no claim runs out while a message waits
const BEGUN_PATIENCE = 10_000; // ms: of the few calls that an act is left with none outlasts its claim

/**
 * Work whose calls belong together, as those of one step. Its first call waits its turn or is sent away. The others go before what
 * has not begun, and are sent away late: a step that ends in the middle has spent its calls for nothing. No connector passes it on,
 * for only a process that does many things at once has to tell them apart.
 */
export const inOneGo = <T>(work: () => T): T => goes.run({ begun: new Set() }, work);
const goes = new AsyncLocalStorage<{ readonly begun: Set<object> }>(); // the pacers that let it through

const USUAL: Pacing = {
  millis: Date.now,
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  share: 1,
  patience: PATIENCE,
};

interface Waiting {
  readonly counts: number;
  readonly go: () => void;
}

/** One bucket for one provider and account, in this process. Calls go in the order in which they came; what is urgent or begun goes first. */
export function startPacer(provider: string, of: Limit, given: Partial<Pacing> = {}): Pacer {
  const { millis, wait, share, patience } = { ...USUAL, ...given };
  const limit: Limit = { ...of, calls: of.calls * share, burst: Math.max(1, of.burst * share) };
  let bucket: Bucket = full(limit, millis());
  let promised = 0; // the last turn that somebody was told to come back for
  let moving = false;
  const lines: readonly [Waiting[], Waiting[], Waiting[]] = [[], [], []];
  const [first, begun, others] = lines;
  const self = {};

  function refuse(counts: number, ahead: number): never {
    const now = millis();
    promised = Math.max(promised, now + ahead) + (1_000 * counts) / (perSecond(limit) * bucket.share);
    throw noTurnYet(provider, promised - now);
  }

  async function turn(counts: number, urgent: boolean): Promise<void> {
    const step = goes.getStore();
    const line = urgent ? first : step?.begun.has(self) ? begun : others;
    const ahead = upTo(lines, line);
    const open = waitOf(limit, bucket, millis(), counts, urgent);
    const waits = open + (1_000 * sumOf(ahead)) / (perSecond(limit) * bucket.share);
    if (waits > (line === begun ? Math.max(patience, BEGUN_PATIENCE) : patience)) refuse(counts, waits);
    step?.begun.add(self);
    const turned = new Promise<void>((go) => line.push({ counts, go }));
    void move();
    return turned;
  }

  /** Milliseconds until whoever is first in line may go; they go if it is now. */
  function next(): number | undefined {
    const line = [first, begun].find(({ length }) => length > 0) ?? others;
    const [one] = line;
    if (one === undefined) return undefined;
    const now = millis();
    const open = waitOf(limit, bucket, now, one.counts, line === first);
    if (open > 0) return line === first ? open : Math.min(open, GLANCE); // something urgent may come meanwhile
    line.shift();
    bucket = spend(limit, bucket, now, one.counts);
    one.go();
    return 0;
  }

  async function move(): Promise<void> {
    if (moving) return;
    moving = true;
    for (let open = next(); open !== undefined; open = next()) if (open > 0) await wait(open);
    moving = false;
  }

  const slow = (seconds: number | undefined) => {
    bucket = slowed(limit, bucket, millis(), seconds);
  };
  return async (call, { changes = false, urgent = false, counts = changes ? limit.change : 1 } = {}) => {
    await turn(counts, urgent);
    return learning(call, slow);
  };
}

const sumOf = (line: readonly Waiting[]) => line.reduce((sum, { counts }) => sum + counts, 0);
const upTo = (lines: readonly (readonly Waiting[])[], last: readonly Waiting[]) =>
  lines.slice(0, lines.indexOf(last) + 1).flat();

async function learning<T>(call: () => Promise<T>, slow: (seconds: number | undefined) => void): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const told = slowerIn(error);
    if (told !== undefined) slow(told.seconds);
    throw error;
  }
}

const noTurnYet = (provider: string, millis: number) =>
  new Fault("Throttled", "the provider's limit leaves no turn for this yet", {
    ...{ provider, retryAfterSeconds: Math.max(1, Math.ceil(millis / 1_000)) },
  });

const GLANCE = 100; // ms

const BUSY = /^(Throttled|.*Throttl.*|TooManyRequests.*|RequestLimit.*|SlowDown)$/;

/** A fault of ours, or what an SDK throws; undefined where it is about something else. */
function slowerIn(error: unknown): { readonly seconds: number | undefined } | undefined {
  const { name = "", facts = {}, $metadata } = error as Refusal;
  if ((!BUSY.test(name) && $metadata?.httpStatusCode !== 429) || facts["sent"] === false) return undefined;
  const told = facts["retryAfterSeconds"];
  return { seconds: typeof told === "number" ? told : undefined };
}
interface Refusal {
  readonly name?: string;
  readonly facts?: Fault["facts"];
  readonly $metadata?: { readonly httpStatusCode?: number };
}
