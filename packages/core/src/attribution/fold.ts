import type { AccountId, Instant } from "../kernel/index.ts";
import { WEIGHTS, type Weights } from "./kinds.ts";
import type { Candidate, Evidence, Owner, Statement } from "./model.ts";
import { type Given, meantAt, type Settled, settle } from "./statements.ts";
import { type Weighed, weighing } from "./weigh.ts";

const STATED = 0.99;
const ENDED = 0.8; // what somebody accepted before they left: still theirs first, and a person is asked before it is certain
const POSSIBLE = 0.79; // as far as anything goes that the holder could have written, or that people dispute
const INFERRED = 0.949; // as far as anything goes whose sound part is where and when: whoever wrote the tag may have chosen both
const LIKELY = 0.8; // from here on what the holder could have written may confirm what they could not

/**
 * Who was accountable last, as far as anything tells, best first: whoever has left and handed nothing on still is, and that opens
 * the wind-down. Pure: the same state gives the same answer on every machine.
 */
export function fold(
  evidence: readonly Evidence[],
  statements: readonly Statement[],
  now: Instant,
  given: Given = {},
  weights: Weights = WEIGHTS,
): readonly Candidate[] {
  const settled = settle(statements, given);
  const named = groupsOf(evidence.filter(namesSomebody(weights)), settled.named, given);
  const nameless = groupsOf(evidence.filter(namesNobody(weights)), undefined, given);
  const weigh = weighing([...named, ...nameless], now, given, weights);
  const weighed = named.map(weigh);
  const stands = ({ account }: Weighed) => !settled.rejected.has(account);
  const rivals = weighed.filter(stands);
  const unnamed = nameless.map(weigh).filter(stands);
  return weighed
    .map((one) => ({
      account: one.account,
      confidence: settled.rejected.has(one.account) ? 0 : confidenceOf(one, against(one, rivals, unnamed), settled),
      evidence: one.evidence,
      unforgeable: one.sound > 1 || one.account === settled.named, // a desk has checked who spoke
    }))
    .sort((a, b) => b.confidence - a.confidence || (a.account < b.account ? -1 : 1));
}

/** The first of the candidates. Nobody at all only where there is no candidate left. */
export function ownerOf(
  candidates: readonly Candidate[],
  statements: readonly Statement[],
  given: Given = {},
): Owner | undefined {
  const first = candidates.find(({ confidence }) => confidence > 0);
  if (first === undefined) return undefined;
  const { account, confidence, unforgeable } = first;
  return {
    account,
    confidence,
    word: wordFor(confidence),
    unforgeable,
    stated: settle(statements, given).named === account,
  };
}

export function wordFor(confidence: number): Owner["word"] {
  if (confidence >= 0.95) return "certain";
  if (confidence >= 0.8) return "likely";
  return confidence >= 0.5 ? "possible" : "unknown";
}

const namesNobody =
  ({ kinds }: Weights) =>
  ({ kind }: Evidence): boolean =>
    kinds[kind].namesNobody === true;
const namesSomebody = (weights: Weights) => (item: Evidence) => !namesNobody(weights)(item);

type Groups = readonly (readonly [AccountId, readonly Evidence[]])[];

/** In the order of the accounts: sums of fractions depend on their order. */
const groupsOf = (items: readonly Evidence[], named: AccountId | undefined, given: Given): Groups =>
  [...gathered(items, named, given)].sort(([a], [b]) => (a < b ? -1 : 1));

function gathered(
  evidence: readonly Evidence[],
  named: AccountId | undefined,
  { clusterOf, began }: Given,
): Map<AccountId, Evidence[]> {
  const groups = new Map<AccountId, Evidence[]>(named === undefined ? [] : [[named, []]]);
  for (const item of evidence) {
    const account = clusterOf?.(item.candidate, meantAt(item, began)) ?? item.candidate;
    groups.set(account, [...(groups.get(account) ?? []), item]);
  }
  return groups;
}

/** The odds of everybody else, and of nobody whom we know: 1, and of what may have done it and names nobody. A long run of one's own is no rival. */
function against(one: Weighed, rivals: readonly Weighed[], unnamed: readonly Weighed[]): number {
  const nobody = unnamed.reduce((sum, { account, odds }) => (account === one.account ? sum : sum + odds), 1);
  return rivals.reduce((sum, other) => (other === one || isPerhaps(one, other) ? sum : sum + other.odds), nobody);
}

/** A tag or a session's name means somebody by their address. Whoever has none that is known may be that very person: it contradicts nothing. */
const isPerhaps = (one: Weighed, other: Weighed): boolean => one.faceless && one.sound > 1 && other.sound <= 1;

/**
 * What the holder could have set may confirm a candidate who is likely by all the rest, and lift one to possible who is not. Last
 * of all: what is theirs may have been handed on and nobody wrote it down. What a person said outweighs that too.
 */
function confidenceOf({ account, odds, sound, joined, kept }: Weighed, others: number, settled: Settled): number {
  const { named, ended, disputed } = settled;
  const [byAll, bySound, byJoined] = [odds, sound, joined].map((one) => one / (others + one)) as [
    number,
    number,
    number,
  ];
  const most = byJoined >= LIKELY ? 1 : INFERRED;
  const earned = kept * Math.min(most, bySound >= LIKELY ? byAll : Math.max(bySound, Math.min(byAll, POSSIBLE)));
  if (disputed) return Math.min(earned, POSSIBLE);
  if (named === undefined) return earned;
  if (ended) return named === account ? Math.max(earned, ENDED) : Math.min(earned, 1 - ENDED);
  return named === account ? STATED : Math.min(earned, 1 - STATED);
}
