import type { Signal } from "@leasehold/core/signal";
import { signals } from "../rebuild/signals.ts";

const TEN = 10; // of ten signals one is new, one comes twice, and eight say of a key what is known
const HOUR = 3_600_000;

/**
 * So many signals as they come to an estate that is known for the most part: one of ten is new, one is a word for word repetition,
 * and eight are a key on a list once more, used since on the same day. Always the same.
 */
export function* stream(count: number): Generator<Signal> {
  const [known, keys]: readonly [Signal[], Signal[]] = [[], []];
  const pick = picking();
  const fresh = signals(Math.ceil(count / TEN));
  for (let n = 0; n < count; n += 1) {
    const next = n % TEN === 0 ? fresh.next().value : undefined;
    if (next) known.push(next);
    if (next?.kind === "credential.seen") keys.push(next);
    yield next ?? (n % TEN === 1 || keys.length === 0 ? pick(known) : seenAgain(pick(keys), n));
  }
}

/** A list dates what it says by the vendor's last change, so that only the use is later. */
function seenAgain(signal: Signal, n: number): Signal {
  if (signal.kind !== "credential.seen" || !signal.lastUsed) return signal;
  const day = Date.parse(signal.lastUsed.slice(0, 10));
  return { ...signal, lastUsed: new Date(day + (n % 24) * HOUR).toISOString() as typeof signal.lastUsed };
}

/** Knuth's multiplicative walk: spread over all, and the same each time. */
function picking() {
  let at = 0;
  return <T>(all: readonly T[]): T => {
    at = (at + 2_654_435_761) % 4_294_967_296;
    const one = all[Math.floor((at / 4_294_967_296) * all.length)];
    if (one === undefined) throw new Error("there is nothing yet to say again");
    return one;
  };
}
