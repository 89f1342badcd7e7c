import type { Page } from "@leasehold/core/connector";
import type { Fault, Instant } from "@leasehold/core/kernel";

export type Cursor = string | undefined; // undefined: the beginning
type Answer = Page | Fault;

/** A page that was asked for, and when: what it shows is no younger. */
export interface Asked {
  readonly now: Instant;
  readonly page: Promise<Answer>;
}
interface Came {
  readonly cursor: Cursor;
  readonly now: Instant;
  readonly page: Answer;
}

/**
 * How many lists are walked at once. As many pages are in hand, of some hundred kilobytes each, and on AWS as many functions run: a
 * few of the thousand that an account may have.
 */
const AT_ONCE = 24;

/**
 * The pages of several lists, each as it comes. Of one list the next page is asked for only when whoever takes them has done with
 * the one before, so that a kill costs one page of each. A list that answers with a fault is left where it is and holds up no other.
 * `ask`: undefined where no page may be begun any more; what was begun still comes.
 */
export async function* sideBySide(
  cursors: readonly Cursor[],
  ask: (cursor: Cursor) => Asked | undefined,
): AsyncGenerator<Came> {
  const waiting = [...cursors];
  const underWay = new Map<Cursor, Promise<Came>>();
  const begin = () => {
    while (underWay.size < AT_ONCE && waiting.length > 0) {
      const asked = ask(waiting[0]);
      if (asked === undefined) return;
      const cursor = waiting.shift();
      underWay.set(
        cursor,
        asked.page.then((page) => ({ cursor, now: asked.now, page })),
      );
    }
  };
  try {
    for (begin(); underWay.size > 0; begin()) {
      const came = await Promise.race(underWay.values());
      underWay.delete(came.cursor);
      yield came;
      if (!isFault(came.page)) waiting.unshift(...nextOf(came.page));
    }
  } finally {
    await Promise.allSettled(underWay.values()); // nothing of it goes on behind whoever comes next
  }
}

/** Where a page leads: on in its own list, and to the beginnings of others. */
export const nextOf = ({ next, beside = [] }: Page): readonly string[] => [
  ...(next === undefined ? [] : [next]),
  ...beside,
];

const isFault = (page: Answer): page is Fault => page instanceof Error;
