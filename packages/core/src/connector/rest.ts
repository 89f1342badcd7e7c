import type { Message } from "./contract.ts";

/** What a desk says under the items that it shows: how many it has no room for, and where those are asked about. */
export function restOf({ items, rest }: Message, shown: number): string | undefined {
  const more = items.length - shown;
  if (more <= 0) return shown === items.length && rest !== undefined && !isBeforehand(rest) ? rest : undefined;
  return [`${more} more ${more === 1 ? "is" : "are"} not shown here.`, ...(rest === undefined ? [] : [rest])].join(" ");
}

/** Said while no desk has taken it: of no use where everything is shown. */
export const BEFOREHAND = "What no message shows is asked about in a later one; until then silence does nothing to it.";
const isBeforehand = (rest: string) => rest === BEFOREHAND;
