import { type AccountId, hoursBetween, type Instant } from "../kernel/index.ts";
import { KINDS, type SourceClass } from "./kinds.ts";
import type { Candidate, Evidence, Owner, Statement } from "./model.ts";
import { type Given, type Settled, settle } from "./statements.ts";

const STATED = 0.99;
const ENDED = 0.8; // what somebody accepted before they left: still theirs first, and a person is asked before it is certain
const POSSIBLE = 0.79; // as far as anything goes that the holder could have written, or that people dispute

/** What the evidence and the statements come to at an instant, best first. Pure: the same state gives the same answer on every machine. */
export function fold(
  evidence: readonly Evidence[],
  statements: readonly Statement[],
  now: Instant,
  given: Given = {},
): readonly Candidate[] {
  const settled = settle(statements, given);
  const done = known(evidence);
  const weighed = [...gathered(evidence, settled, given)]
    .sort(([a], [b]) => (a < b ? -1 : 1)) // sums of fractions depend on their order
    .map(([account, items]) => weigh(account, items, now, done));
  const rivals = weighed.filter(({ account }) => !settled.rejected.has(account));
  const total = rivals.reduce((sum, { odds }) => sum + odds, 1); // 1: nobody whom we know
  return weighed
    .map((one) => ({
      account: one.account,
      confidence: settled.rejected.has(one.account) ? 0 : confidenceOf(one, total, settled),
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

interface Weighed {
  readonly account: AccountId;
  readonly evidence: readonly Evidence[];
  readonly odds: number; // of all of it, against nobody; none where all of it is refuted
  readonly sound: number; // of what the holder could not have set
}

function gathered(evidence: readonly Evidence[], { named }: Settled, { clusterOf }: Given): Map<AccountId, Evidence[]> {
  const groups = new Map<AccountId, Evidence[]>(named === undefined ? [] : [[named, []]]);
  for (const item of evidence) {
    const account = clusterOf?.(item.candidate, item.at) ?? item.candidate;
    groups.set(account, [...(groups.get(account) ?? []), item]);
  }
  return groups;
}

function weigh(account: AccountId, items: readonly Evidence[], now: Instant, done: ReadonlySet<SourceClass>): Weighed {
  const evidence = [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const standing = evidence.filter((item) => !isRefuted(item, done));
  if (standing.length === 0 && evidence.length > 0) return { account, evidence, odds: 0, sound: 0 };
  const sound = standing.filter(({ kind }) => KINDS[kind].forgeableBy !== "holder");
  return { account, evidence, odds: Math.exp(sumOf(standing, now)), sound: Math.exp(sumOf(sound, now)) };
}

const keyOf = ({ kind, at, source, eventId, candidate, through }: Evidence) =>
  JSON.stringify([kind, at, source, eventId, candidate, through ?? []]);

/** The deeds of which it is known who did them, by what the holder could not have set. */
function known(evidence: readonly Evidence[]): ReadonlySet<SourceClass> {
  const sound = evidence.map(({ kind }) => KINDS[kind]).filter(({ forgeableBy }) => forgeableBy !== "holder");
  return new Set(sound.map(({ sourceClass }) => sourceClass).filter((one) => DEEDS.includes(one)));
}

/** A thing is made once. Where it is known by whom, a name that the holder chose for the same deed speaks for nobody. */
const isRefuted = ({ kind }: Evidence, done: ReadonlySet<SourceClass>): boolean =>
  KINDS[kind].forgeableBy === "holder" && done.has(KINDS[kind].sourceClass);

const DEEDS: readonly SourceClass[] = ["issuance", "identity", "opening"];

/** The strongest of each class, each as strong as it still is. */
function sumOf(evidence: readonly Evidence[], now: Instant): number {
  const strongest = new Map<SourceClass, number>();
  for (const item of evidence) {
    const { sourceClass } = KINDS[item.kind];
    strongest.set(sourceClass, Math.max(strongest.get(sourceClass) ?? 0, strengthOf(item, now)));
  }
  return [...strongest.values()].sort((a, b) => a - b).reduce((sum, weight) => sum + weight, 0);
}

function strengthOf({ kind, at }: Evidence, now: Instant): number {
  const { weight, halfLife } = KINDS[kind];
  return weight * 2 ** (-Math.max(0, hoursBetween(at, now)) / 24 / halfLife);
}

/** What the holder could have set may lift a candidate to possible, and never lifts anyone beyond what the rest says. */
function confidenceOf({ account, odds, sound }: Weighed, total: number, settled: Settled): number {
  const { named, ended, disputed } = settled;
  const others = total - odds;
  const earned = Math.max(sound / (others + sound), Math.min(odds / total, POSSIBLE));
  if (disputed) return Math.min(earned, POSSIBLE);
  if (named === undefined) return earned;
  if (ended) return named === account ? Math.max(earned, ENDED) : Math.min(earned, 1 - ENDED);
  return named === account ? STATED : Math.min(earned, 1 - STATED);
}
