import type { Interval } from "../kit/index.ts";
import type { Judged, Row } from "./judge.ts";

const kilo = (bytes: number) => (bytes / 1_000).toFixed(0);
const spread = (of: Interval | undefined, digits: number) =>
  of === undefined ? "-" : `${of.median.toFixed(digits)} [${of.low.toFixed(digits)}, ${of.high.toFixed(digits)}]`;

/** For a person at a terminal, and for docs/bench.md: a table in Markdown, then what is wrong. */
export function table({ bars, functions, peers, failures }: Judged): readonly string[] {
  const heaviest = functions.toSorted((a, b) => b.bytes - a.bytes);
  return [
    "| function | kB | gzip kB | import ms | beside the bare client | beside it trimmed | largest parts, kB |",
    "|---|---|---|---|---|---|---|",
    ...[...heaviest, ...peers].map(line),
    "",
    `Bars: ${kilo(bars.bytes)} kB, ${bars.ratio} times the bare client. In brackets: 95 % of the median, by bootstrap.`,
    ...(failures.length === 0 ? ["All are within them."] : failures.map((failure) => `MISSED: ${failure}`)),
  ];
}

function line({ name, bytes, gzip, millis, ratio, trimmed, largest }: Row): string {
  const parts = largest.map(([part, of]) => `${part} ${kilo(of)}`).join(", ");
  return `| ${name} | ${kilo(bytes)} | ${kilo(gzip)} | ${spread(millis, 1)} | ${spread(ratio, 2)} | ${spread(trimmed, 2)} | ${parts} |`;
}
