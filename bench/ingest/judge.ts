import { type Interval, interval } from "../kit/index.ts";

/** Signals a second of each side. */
export type Round = Readonly<Record<"ours" | "log" | "rows", number>>;

export interface Bar {
  readonly beside: "log" | "rows";
  readonly least: number;
  readonly ratio: Interval; // ours to theirs, of each round by itself
  readonly held: boolean; // missed only where the whole interval lies below
}

const LEAST = { log: 0.2, rows: 2.5 } as const;

export const barsOf = (rounds: readonly Round[]): readonly Bar[] =>
  (["log", "rows"] as const).map((beside) => {
    const ratio = interval(rounds.map((round) => round.ours / round[beside]));
    return { beside, least: LEAST[beside], ratio, held: ratio.high >= LEAST[beside] };
  });

interface Told {
  readonly signals: string;
  readonly batch: string;
  readonly megabytes: number;
}

export function linesOf(rounds: readonly Round[], bars: readonly Bar[], told: Told): readonly string[] {
  const { signals, batch, megabytes } = told;
  return [
    `${signals} signals in batches of ${batch}, each on disk before the next; ${rounds.length} rounds in turns`,
    "",
    "| side | signals a second | ours to it | bar |",
    "|---|---|---|---|",
    `| ours | ${thousands(interval(rounds.map(({ ours }) => ours)))} | | |`,
    ...bars.map((bar) => rowOf(rounds, bar)),
    "",
    `${megabytes} MB at the most`,
    ...bars.filter(({ held }) => !held).map(({ beside, least }) => `MISSED: ${least} of ${NAMES[beside]}`),
  ];
}

const NAMES = { log: "append and sync", rows: "four rows under text keys" } as const;

function rowOf(rounds: readonly Round[], { beside, least, ratio }: Bar): string {
  const { median, low, high } = ratio;
  const shown = `${median.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
  return `| ${NAMES[beside]} | ${thousands(interval(rounds.map((round) => round[beside])))} | ${shown} | ${least} |`;
}

function thousands({ median, low, high }: Interval): string {
  const text = (value: number) => Math.round(value).toLocaleString("en-US");
  return `${text(median)} [${text(low)}, ${text(high)}]`;
}
