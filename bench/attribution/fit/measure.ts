import { fold, type Weights } from "@leasehold/core/attribution";
import { type Case, givenOf, NOW } from "./cases.ts";

/** What a table of weights comes to on cases whose truth is known. */
export interface Measured {
  readonly logLoss: number; // of a credential: what it costs, in nats, to be told the truth after this answer
  readonly calibrationError: number;
  readonly first: number; // right, where the chain is visible
  readonly certain: number; // answers of at least 0.95
  readonly confidentlyWrong: number; // of those
}
const CERTAIN = 0.95;
const LEAST = 0.005; // so that one case that nothing could have told does not outweigh all others

export function measure(cases: readonly Case[], weights: Weights): Measured {
  const told = cases.map((one) => answered(one, weights));
  const sum = (of: (one: Answered) => number) => told.reduce((all, one) => all + one.times * of(one), 0);
  const of = (is: (one: Answered) => boolean) => sum((one) => Number(is(one)));
  const isCertain = ({ confidence }: Answered) => confidence >= CERTAIN;
  const steps = Array.from(
    { length: 10 },
    (_, nth) => (one: Answered) => one.confidence > 0 && Math.min(9, Math.floor(one.confidence * 10)) === nth,
  );
  const apart = (is: (one: Answered) => boolean) =>
    Math.abs(sum((one) => (is(one) ? one.confidence - Number(one.isRight) : 0)));
  return {
    logLoss: sum(({ loss }) => loss) / of(() => true),
    calibrationError: steps.reduce((all, is) => all + apart(is), 0) / of(({ confidence }) => confidence > 0),
    first: of(({ whole, isRight }) => whole && isRight) / of(({ whole }) => whole),
    certain: of(isCertain),
    confidentlyWrong: of((one) => isCertain(one) && !one.isRight) / of(isCertain),
  };
}

interface Answered {
  readonly confidence: number;
  readonly isRight: boolean;
  readonly loss: number;
  readonly whole: boolean;
  readonly times: number;
}

function answered(one: Case, weights: Weights): Answered {
  const candidates = fold(one.evidence, [], NOW, givenOf(one), weights);
  const [first] = candidates;
  const right = candidates.filter(({ account }) => one.right.includes(account)).map(({ confidence }) => confidence);
  const nobody = 1 - candidates.reduce((sum, { confidence }) => sum + confidence, 0);
  return {
    confidence: first?.confidence ?? 0,
    isRight: first !== undefined && one.right.includes(first.account),
    loss: -Math.log(Math.max(LEAST, right.length > 0 ? Math.max(...right) : nobody)),
    whole: one.whole,
    times: one.times,
  };
}
