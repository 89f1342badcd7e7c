import type { Happened, Human, Planned, Truth } from "./model.ts";
import { hasLeft, wasThere } from "./people.ts";
import { DAY } from "./places.ts";
import { CHANCES } from "./plan.ts";

/**
 * What one who knew every chance of this generator would answer from what is visible, and how sure they would be:
 * Bayes over everybody who could have answered for it when it was made, then over whether it was handed on.
 */
export function oracleOf(planned: Planned, told: Happened, engineers: readonly Human[]): Truth["oracle"] {
  const { tag, heir, owner, path } = planned;
  if (path === "oauth") return isVisible(told) ? { person: owner.number, probability: 1 } : nobodyKnown(engineers);
  const toldNow = heir?.told && told.entries.at(-1)?.kept ? heir.human : undefined;
  if (toldNow !== undefined) return { person: toldNow.number, probability: 0.99 };
  const there = engineers.filter((one) => wasThere(one, planned.at));
  const prior = madeBy(planned, told, there);
  const weights = there.map((one, nth) => (prior[nth] ?? 0) * tagSays(tag, one, there.length));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const best = weights.reduce((first, one, nth) => (one > (weights[first] ?? 0) ? nth : first), 0);
  const person = there[best];
  if (person === undefined || total === 0) return nobodyKnown(engineers);
  return { person: person.number, probability: ((weights[best] ?? 0) / total) * stillTheirs(person, planned.at) };
}

const isVisible = ({ chain, listed }: Happened): boolean => listed || chain.every(({ kept }) => kept);

/** How likely each of them is from the logs alone: the maker where seen, those of the role where that is seen, or anybody. */
function madeBy(planned: Planned, told: Happened, there: readonly Human[]): readonly number[] {
  const seen = whole(told.chain) || whole(told.identityChain) || (told.showsMaker && someOf(told));
  const members = seen ? [planned.maker] : someOf(told) ? (planned.role?.members ?? []) : [];
  const others = CHANCES.madeForOthers / there.length;
  if (members.length === 0) return there.map(() => 1 / there.length);
  return there.map((one) => others + (members.includes(one) ? (1 - CHANCES.madeForOthers) / members.length : 0));
}

const whole = (chain: Happened["chain"]): boolean => chain.length > 0 && chain.every(({ kept }) => kept);
/** The record of the credential itself: it tells the role. */
const someOf = ({ chain, identityChain }: Happened): boolean =>
  chain.at(-1)?.kept === true || identityChain.at(-1)?.kept === true;

function tagSays(tag: Planned["tag"], one: Human, among: number): number {
  if (tag?.names === undefined) return 1;
  const any = CHANCES.tagWrong / among;
  return tag.names === one.number ? 1 - CHANCES.tagWrong + any : any;
}

/** Handed on, and nobody changed the tag. */
function stillTheirs(one: Human, made: number): number {
  const goes = hasLeft(one) ? one.leaves : one.moves?.at;
  if (goes === undefined || goes <= made + DAY) return 1;
  const share = hasLeft(one) ? CHANCES.handedOn.leaver : CHANCES.handedOn.mover;
  return 1 - share * (1 - CHANCES.handoverTold);
}

const nobodyKnown = (engineers: readonly Human[]): Truth["oracle"] => ({
  person: engineers[0]?.number ?? "",
  probability: 1 / Math.max(1, engineers.length),
});

/** How much of the chain to the person is visible. */
export function chainOf(planned: Planned, told: Happened): Truth["chain"] {
  if (isVisible(told)) return "whole";
  const hinted = whole(told.identityChain) || planned.tag?.names !== undefined || (told.showsMaker && someOf(told));
  return hinted ? "part" : "none";
}
