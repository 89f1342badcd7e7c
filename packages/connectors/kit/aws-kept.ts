import type { Keys } from "./sts.ts";

const BEFORE = 300_000; // milliseconds before their end: a call that is signed now must still be good when it arrives

/** Asks again only shortly before the credentials end: many who ask at once share one question, and a failure is not kept. */
export function kept(ask: () => Promise<Keys>, now: () => number = Date.now): () => Promise<Keys> {
  let known: Promise<Keys> | undefined;
  let until = 0;
  return () => {
    if (known !== undefined && now() < until) return known;
    until = Number.POSITIVE_INFINITY; // while it is on its way
    const asked = ask();
    known = asked;
    const ended = (at: number) => {
      if (known === asked) until = at;
    };
    asked.then(
      ({ expiration }) => ended(expiration === undefined ? 0 : expiration.getTime() - BEFORE),
      () => ended(0),
    );
    return asked;
  };
}
