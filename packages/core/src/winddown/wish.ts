import { areTwo } from "./judge.ts";
import type { Voice, WindDown, Wish } from "./model.ts";

/** One wish of each person, by whichever of their accounts; undefined where theirs stands already. */
export function withWish(windDown: WindDown, wish: Wish): WindDown | undefined {
  const { wishes = [] } = windDown;
  const theirs = wishes.some((one) => !areTwo(asVoice(one), asVoice(wish)));
  return theirs ? undefined : { ...windDown, wishes: [...wishes, wish] };
}

const asVoice = (wish: Wish): Voice => ({ ...wish, security: false });
