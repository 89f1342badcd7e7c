import { PATHS } from "@leasehold/local/estates";
import { type Bar, barsOf, type Round } from "./judge.ts";
import { type Judged, reliability, type Score, scoreOf } from "./score.ts";

const percent = (share: number) => (Number.isNaN(share) ? "-" : `${(share * 100).toFixed(1)} %`);
const HEAD = [
  '| | credentials | first right | precision | recall | answers of 0.95 | of them wrong | calibration error | nothing visible | of them "unknown" |',
  "|---|---|---|---|---|---|---|---|---|---|",
];

/** For a person at a terminal, and for docs/attribution.md. */
export function tableOf(rounds: readonly Round[]): readonly string[] {
  const all = (who: string) => rounds.flatMap((round) => round[who] ?? []);
  const ours = all("ours");
  const part = (name: string, keep: (one: Judged) => boolean) => row(name, scoreOf(ours.filter(keep)));
  const hops = [...new Set(ours.map(({ truth }) => truth.hops))].sort();
  return [
    ...[...HEAD, ...Object.keys(rounds[0] ?? {}).map((who) => row(who, scoreOf(all(who)))), ""],
    ...["Ours, by how much of the chain is visible, by path and by hops:", "", ...HEAD],
    ...(["whole", "part", "none"] as const).map((chain) =>
      part(`chain: ${chain}`, ({ truth }) => truth.chain === chain),
    ),
    ...PATHS.map((path) => part(path, ({ truth }) => truth.path === path)),
    ...hops.map((count) => part(`${count} ${count === 1 ? "hop" : "hops"}`, ({ truth }) => truth.hops === count)),
    ...["", "First candidate right, by path, beside the others:", "", ...besides(rounds)],
    ...["", "How sure, and how often right:", "", "| confidence from | answers | said | right |", "|---|---|---|---|"],
    ...reliability(ours).map(
      ({ from, answers, said, right }) => `| ${from.toFixed(1)} | ${answers} | ${percent(said)} | ${percent(right)} |`,
    ),
    ...["", `Over ${rounds.length} estates, median and 95 % of it by bootstrap:`, "", ...barsOf(rounds).map(barLine)],
  ];
}

const row = (name: string, of: Score): string =>
  `| ${[
    ...[name, of.credentials, percent(of.first), percent(of.precision), percent(of.recall), of.certain],
    ...[
      percent(of.confidentlyWrong),
      Number.isNaN(of.calibrationError) ? "-" : of.calibrationError.toFixed(3),
      of.unseen,
      percent(of.unknown),
    ],
  ].join(" | ")} |`;

function besides(rounds: readonly Round[]): readonly string[] {
  const whose = Object.keys(rounds[0] ?? {});
  const cell = (who: string, path: string) =>
    percent(scoreOf(rounds.flatMap((round) => (round[who] ?? []).filter(({ truth }) => truth.path === path))).first);
  return [
    `| path | ${whose.join(" | ")} |`,
    `|---|${whose.map(() => "---|").join("")}`,
    ...PATHS.map((path) => `| ${path} | ${whose.map((who) => cell(who, path)).join(" | ")} |`),
  ];
}

const barLine = ({ bar, measured: { median, low, high }, held }: Bar): string =>
  `${held ? "held" : "MISSED"}: ${bar}: ${median.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
