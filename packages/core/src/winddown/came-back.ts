import { costOf } from "./judge.ts";
import type { WindDown } from "./model.ts";

/** How far an undo came, and what is in its way: read from what is recorded. */
export interface Back {
  readonly as: "back" | "on its way" | "needs a person" | "cannot come back";
  readonly because?: string;
}

/** Undefined where nobody wants it back. What somebody changed since voids the undo: it stands in `lost`. */
export function cameBack(windDown: WindDown): Back | undefined {
  const { closed, answer, rung, lost = [] } = windDown;
  if (rung === "deleted" || closed?.as === "gone") return { as: "cannot come back", because: "it is deleted" };
  if (closed?.as === "undone") return { as: "back" };
  const overtaken = lost.at(-1)?.as === "somebody changed it after us" && windDown.acts.length === 0;
  if (overtaken) return { as: "cannot come back", because: "somebody changed it after us: it is theirs to decide" };
  return answer?.kind === "undo" ? onItsWay(windDown, answer.by !== undefined) : undefined;
}

function onItsWay({ acts, ladder, doubt }: WindDown, byPerson: boolean): Back {
  const last = acts.at(-1);
  if (last === undefined) return { as: "on its way" };
  const cost = costOf(ladder, last.to);
  if (cost === "R3") return { as: "cannot come back", because: "what was done last is final" };
  if (cost === "R2") return { as: "needs a person", because: "somebody must consent to it again, or restart it" };
  if (last.receipt.adopted && !byPerson)
    return { as: "needs a person", because: "it may not have been us who did it: somebody must undo it in their name" };
  if (doubt !== undefined && !byPerson)
    return {
      as: "needs a person",
      because: "nobody knows what came of our last act: somebody must undo it in their name",
    };
  return { as: "on its way" };
}
