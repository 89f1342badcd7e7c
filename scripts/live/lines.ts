import { columns, count, list } from "@leasehold/cli/terminal";
import type { Acted, Cleaned } from "./act.ts";
import type { Checked } from "./self-check.ts";
import type { Pace } from "./watch.ts";

export interface Place {
  readonly title: string;
  readonly account: string;
}

/** For a person. The account's number is in it, and what the connector says of what was not seen; no name else. */
export function linesOf({ title, account }: Place, checked: Checked): readonly string[] {
  const { missing, pages, whole, stopped, seen, notUnderstood, noWayDown, permissions, pace, gaps } = checked;
  const { declared, refused, neverNeeded, undeclared } = permissions;
  return [
    `${title} in account ${account}: read, and nothing changed.`,
    `pages: ${pages}, ${whole ? "whole" : "not whole"}${stopped ? `, ended by ${stopped.error ?? stopped.fault}` : ""}`,
    `pace: ${paceLine(pace)}`,
    ...under("Seen:", seen),
    ...list("To be allowed:", missing),
    ...under("Not understood:", notUnderstood),
    ...list("Found, and no action of this connector takes it down:", noWayDown),
    `permissions: ${declared} declared, ${refused.length} refused, ${neverNeeded.length} never needed, ${undeclared.length} barred`,
    ...list("Refused:", refused),
    ...list("Declared, and not needed in this account:", neverNeeded),
    ...list("Wanted without being declared, and not sent:", undeclared),
    ...list("Not seen:", gaps),
  ];
}

const paceLine = ({ calls, seconds, perSecond, slowest, throttled, lost }: Pace) =>
  `${calls} calls in ${seconds} s, ${perSecond} a second, the slowest ${slowest} ms; ${throttled} throttled, ${lost} lost`;

const under = (heading: string, counts: Readonly<Record<string, number>>): readonly string[] =>
  list(heading, columns(Object.entries(counts).map(([what, n]) => [n, what])));

export const actedLines = ({
  canary,
  steps,
  failed,
  leftBehind,
  leftOver,
  refused,
  pace,
}: Acted): readonly string[] => [
  `${canary}: ${count(steps.length, "step")} proved${failed === undefined ? "" : `, then: ${failed}`}`,
  `pace: ${paceLine(pace)}`,
  ...list("Refused:", refused),
  ...list("Left behind, take it away by --clean in a quarter of an hour:", leftBehind),
  ...list("Left over from earlier runs, take it away by --clean:", leftOver),
];

export const cleanedLines = ({ gone, left }: Cleaned): readonly string[] => [
  `${count(gone.length, "canary", "canaries")} of earlier runs taken away`,
  ...list("Gone:", gone),
  ...list("Left:", left),
];
