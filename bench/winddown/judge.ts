import { type Interval, interval } from "../kit/index.ts";
import type { Came } from "./run.ts";

export interface Round {
  readonly ours: Came;
  readonly serial: Came;
  readonly hidden: Came; // providers that allow six tenths of what they publish
  readonly failing: Came; // two calls in a hundred
  readonly lying: Came; // one change in ten is answered with 200 and not made
}
export interface Bar {
  readonly what: string;
  readonly seen: Interval;
  readonly bar: string;
  readonly held: boolean; // missed only where the whole interval lies beyond
}

export function barsOf(rounds: readonly Round[], count: number): readonly Bar[] {
  const most = (what: string, bar: number, of: (round: Round) => number): Bar => {
    const seen = interval(rounds.map(of));
    return { what, seen, bar: `<= ${bar}`, held: seen.low <= bar };
  };
  const least = (what: string, bar: number, of: (round: Round) => number): Bar => {
    const seen = interval(rounds.map(of));
    return { what, seen, bar: `>= ${bar}`, held: seen.high >= bar };
  };
  const verified = ({ ours, serial, hidden, failing }: Round) =>
    Math.min(...[ours, serial, hidden, failing].map(({ confirmed }) => confirmed));
  return [
    most("time, to the bound of the buckets", 1.15, ({ ours }) => ours.seconds / ours.bound),
    most("refused with 429, published limits", 0, ({ ours }) => ours.refused),
    most("refused with 429, % of calls, hidden limits", 1, ({ hidden }) => (100 * hidden.refused) / hidden.calls),
    least("times as fast as one after another", 3, ({ ours, serial }) => serial.seconds / ours.seconds),
    least("verified, % of all, least of four runs", 100, (round) => (100 * verified(round)) / count),
    least("that stayed alive, found and paged, %", 100, ({ lying }) =>
      lying.liars === 0 ? 100 : (100 * Math.min(lying.alive, lying.paged)) / lying.liars,
    ),
    most("that stayed alive, called confirmed", 0, ({ lying }) => lying.believed),
  ];
}

export function linesOf(rounds: readonly Round[], bars: readonly Bar[], count: number): readonly string[] {
  const [first] = rounds;
  const told = first === undefined ? [] : Object.entries(first).map(([side, came]) => `| ${side} | ${textOf(came)} |`);
  return [
    `${count} credentials, ${rounds.length} rounds; the first of them:`,
    "| side | s | bound s | calls | 429 | verified | found alive |",
    "|---|---|---|---|---|---|---|",
    ...told,
    "",
    "| what | seen | bar |",
    "|---|---|---|",
    `| one after another, to the bound: nobody is faster by more | ${shown(interval(rounds.map(({ ours, serial }) => serial.seconds / ours.bound)))} | |`,
    ...bars.map(({ what, seen, bar, held }) => `| ${what} | ${shown(seen)} | ${bar}${held ? "" : " MISSED"} |`),
    "",
  ];
}

const textOf = ({ seconds, bound, calls, refused, confirmed, alive }: Came): string =>
  [seconds.toFixed(0), bound.toFixed(0), calls, refused, confirmed, alive].join(" | ");

const shown = ({ median, low, high }: Interval): string =>
  `${median.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
