import { areTwo } from "./judge.ts";
import type { Voice, WindDown } from "./model.ts";

/**
 * Who would rather have something short-lived in its place. It is neither a yes nor a keep: nothing decides by it, the question
 * goes on, and so does its silence.
 */
export type Wish = Pick<Voice, "account" | "person" | "accounts" | "at">;

/** One wish of each person, by whichever of their accounts; undefined where theirs stands already. */
export function withWish(windDown: WindDown, wish: Wish): WindDown | undefined {
  const { wishes = [] } = windDown;
  const theirs = wishes.some((one) => !areTwo(asVoice(one), asVoice(wish)));
  return theirs ? undefined : { ...windDown, wishes: [...wishes, wish] };
}

const asVoice = (wish: Wish): Voice => ({ ...wish, security: false });
