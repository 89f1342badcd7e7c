import type { Truth } from "@leasehold/local/estates";
import type { Answer } from "./answer.ts";

export interface Judged {
  readonly truth: Truth;
  readonly answer: Answer;
}
export interface Score {
  readonly credentials: number;
  readonly first: number; // the first candidate is right, however unsure
  readonly precision: number; // of those named as possible or better
  readonly recall: number; // of all, named as possible or better, and rightly
  readonly certain: number; // answers of at least 0.95
  readonly confidentlyWrong: number; // of those
  readonly calibrationError: number;
  readonly unseen: number; // credentials of which nothing visible names anybody
  readonly unknown: number; // of those, answered with "unknown"
}

const POSSIBLE = 0.5;
const CERTAIN = 0.95;
const isRight = ({ truth, answer }: Judged): boolean => answer.person === truth.accountable;
const isNamed = ({ answer }: Judged): boolean => answer.named && answer.confidence >= POSSIBLE;

/** A share of nothing is no share. */
const share = (of: readonly unknown[], among: readonly unknown[]): number =>
  among.length === 0 ? Number.NaN : of.length / among.length;

export function scoreOf(all: readonly Judged[]): Score {
  const named = all.filter(isNamed);
  const certain = all.filter(({ answer }) => answer.confidence >= CERTAIN);
  const unseen = all.filter(({ truth }) => truth.chain === "none");
  return {
    credentials: all.length,
    first: share(all.filter(isRight), all),
    precision: share(named.filter(isRight), named),
    recall: share(named.filter(isRight), all),
    certain: certain.length,
    confidentlyWrong: share(
      certain.filter((one) => !isRight(one)),
      certain,
    ),
    calibrationError: calibrationError(all),
    unseen: unseen.length,
    unknown: share(
      unseen.filter((one) => !isNamed(one)),
      unseen,
    ),
  };
}

export interface Decile {
  readonly from: number;
  readonly answers: number;
  readonly said: number; // how sure, on average
  readonly right: number; // how many were
}

/** Where somebody was named: how sure we were, and how often that was so, in ten steps of confidence. */
export function reliability(all: readonly Judged[]): readonly Decile[] {
  const answers = all.filter(({ answer }) => answer.named);
  return Array.from({ length: 10 }, (_, nth) => {
    const those = answers.filter(({ answer }) => Math.min(9, Math.floor(answer.confidence * 10)) === nth);
    const said = those.reduce((sum, { answer }) => sum + answer.confidence, 0) / those.length;
    return { from: nth / 10, answers: those.length, said, right: share(those.filter(isRight), those) };
  }).filter(({ answers: some }) => some > 0);
}

/** Expected: the distance between the two, weighed by how many answers there are. */
function calibrationError(all: readonly Judged[]): number {
  const deciles = reliability(all);
  const answers = deciles.reduce((sum, one) => sum + one.answers, 0);
  if (answers === 0) return Number.NaN;
  return deciles.reduce((sum, { answers: some, said, right }) => sum + some * Math.abs(said - right), 0) / answers;
}
