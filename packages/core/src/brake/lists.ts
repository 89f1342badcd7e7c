import { type Instant, instantOf, millisOf } from "../kernel/index.ts";
import { DAY, HOUR, KEPT } from "./buckets.ts";

/** How many people one whole list had in good standing, and when it ended. */
export interface Listed {
  readonly ended: Instant;
  readonly active: number;
}
/** As many as were active on the last whole list before an instant: of one source, or of the widest. None: 0. */
export type Actives = (before: Instant, source?: string) => number;

const LISTS = KEPT + 2 * DAY; // a window that begins a day before the oldest that is counted

/** The newest of each hour, and one from before all that is asked for. */
export function keepList(lists: readonly Listed[], next: Listed): readonly Listed[] {
  const all = [...lists, next].sort((a, b) => (a.ended < b.ended ? -1 : 1));
  const newest = all.at(-1)?.ended ?? next.ended;
  const from = instantOf(millisOf(newest) - LISTS);
  const old = all.filter(({ ended }) => ended < from).slice(-1);
  const hour = ({ ended }: Listed) => Math.floor(millisOf(ended) / HOUR);
  const recent = all.filter(({ ended }) => ended >= from);
  return [
    ...old,
    ...recent.filter((one, n) => recent[n + 1] === undefined || hour(recent[n + 1] as Listed) !== hour(one)),
  ];
}

const activeBefore = (lists: readonly Listed[], before: Instant): number =>
  lists.findLast(({ ended }) => ended <= before)?.active ?? 0;

/** What was listed while people left in numbers neither raises a limit nor shrinks it. */
export function activesOf(
  sources: readonly { readonly connector: string; readonly lists: readonly Listed[] }[],
): Actives {
  return (before, source) =>
    Math.max(
      0,
      ...sources
        .filter(({ connector }) => source === undefined || connector === source)
        .map(({ lists }) => activeBefore(lists, before)),
    );
}
