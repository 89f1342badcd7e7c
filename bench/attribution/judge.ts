import { type Interval, interval } from "../kit/index.ts";
import { type Judged, type Score, scoreOf } from "./score.ts";

/** What one estate came to: the same credentials, answered by each. */
export type Round = Readonly<Record<string, readonly Judged[]>>;

export const BARS = { firstWhereVisible: 0.95, calibrationError: 0.03, confidentlyWrong: 0.01 } as const;
const RULES = ["creator", "owner tag"];

export interface Bar {
  readonly bar: string;
  readonly measured: Interval;
  readonly held: boolean;
}

/** A bar is missed only where the whole interval over the estates lies beyond it. */
export function barsOf(rounds: readonly Round[]): readonly Bar[] {
  const visible = rounds.map(({ ours = [] }) => scoreOf(ours.filter(({ truth }) => truth.chain === "whole")));
  const whole = rounds.map(({ ours = [] }) => scoreOf(ours));
  const over = (bar: string, samples: readonly number[], held: (one: Interval) => boolean): Bar => {
    const measured = interval(samples.map((one) => (Number.isNaN(one) ? 0 : one)));
    return { bar, measured, held: held(measured) };
  };
  const values = (scores: readonly Score[], of: keyof Score) => scores.map((score) => score[of]);
  return [
    over(
      "first candidate where the chain is visible, at least 0.95",
      values(visible, "first"),
      ({ high }) => high >= BARS.firstWhereVisible,
    ),
    over(
      "calibration error, at most 0.03",
      values(whole, "calibrationError"),
      ({ low }) => low <= BARS.calibrationError,
    ),
    over(
      "confidently wrong, at most 0.01 of answers of 0.95",
      values(whole, "confidentlyWrong"),
      ({ low }) => low <= BARS.confidentlyWrong,
    ),
    ...RULES.map((rule) =>
      over(
        `right more often than ${rule}, on every estate`,
        rounds.map((round) => lead(round, rule)),
        ({ low }) => low > 0,
      ),
    ),
  ];
}

const lead = (round: Round, rule: string): number =>
  scoreOf(round["ours"] ?? []).first - scoreOf(round[rule] ?? []).first;
