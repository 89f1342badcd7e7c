import { type Changing, changesBy, type Right } from "@leasehold/workflows";
import type { OperationName } from "./lists.ts";

const HANDS = ["see", "plan", "apply", "verify", "lastUsed", "wayBack", "isBack"] as const;
const DESKS = ["ask", "edit", "withdraw", "confirm", "tell"] as const;
const isOf = (names: readonly OperationName[], does: OperationName) => names.includes(does);

/** Which of a connector's functions is asked for it: what changes something goes to the one that may, all else to the one that reads. */
export function rightFor(does: OperationName, hand: Changing | undefined): Right {
  if (isOf(DESKS, does)) return "desk";
  if (does !== "apply") return "read";
  return hand === undefined ? "act" : changesBy(hand);
}

/** Whether a function of this right does it, whoever asks. Kept in code as well as in the roles. */
export function covers(right: Right, does: OperationName, hand: Changing | undefined): boolean {
  if (right === "desk") return isOf(DESKS, does);
  if (right === "read") return does !== "apply" && !isOf(DESKS, does);
  return isOf(HANDS, does) && hand !== undefined && changesBy(hand) === right;
}
