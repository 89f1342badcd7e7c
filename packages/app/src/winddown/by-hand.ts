import type { State } from "@leasehold/core/connector";
import type { WindDown } from "@leasehold/core/winddown";

/**
 * What somebody does at the provider itself where we cannot get there any more: each of our acts back, newest first, in the
 * provider's own words. Undefined where none of them changed anything.
 */
export function byHand({ acts }: Pick<WindDown, "acts">): string | undefined {
  const ours = acts.filter(({ receipt }) => receipt.changed && receipt.after !== undefined).toReversed();
  const ways = ours.map(({ receipt: { target, before, after } }) => {
    const what = words(target.handle);
    return `bring ${what} from ${words(after)} back to ${words(before)}`;
  });
  return ways.length === 0 ? undefined : `By hand: ${ways.join("; then ")}.`;
}

const words = (said: State) =>
  Object.entries(said ?? {})
    .map(([name, value]) => `${name} ${value}`)
    .join(", ") || "nothing";
