import { type AccountId, type Instant, later } from "../kernel/index.ts";
import { isSound as isSoundKind, type Kind, type SourceClass, type Weights } from "./kinds.ts";
import type { Evidence } from "./model.ts";
import type { Given, Whereabouts } from "./statements.ts";
import { faded } from "./strength.ts";

/** A candidate, before it is known how the others stand. */
export interface Weighed {
  readonly account: AccountId;
  readonly evidence: readonly Evidence[];
  readonly odds: number; // of all of it, against nobody; none where nothing of it stands
  readonly sound: number; // of what the holder could not have set
  readonly joined: number; // of that, what an id joins to them
  readonly kept: number; // the chance that it was not handed on without a word
  readonly faceless: boolean; // an account of which nobody knows the address
}
type Group = readonly [AccountId, readonly Evidence[]];

/** Making the identity and issuing its credential are one person's one act: told twice, it is no surer. */
const MAKING: readonly SourceClass[] = ["issuance", "identity"];
const CLOCKS = 10 / 60; // hours, by which two records of one moment may differ
const DEEDS: readonly SourceClass[] = [...MAKING, "opening"];

/** How to weigh one of the candidates, where all of them are known. */
export function weighing(all: readonly Group[], now: Instant, given: Given, { kinds, handedOn }: Weights) {
  const classOf = ({ kind }: Evidence): SourceClass => kinds[kind].sourceClass;
  const isSound = ({ kind }: Evidence): boolean => isSoundKind(kinds[kind]);
  const isJoined = ({ kind }: Evidence): boolean => kinds[kind].inferred !== true;
  const whereIs = (account: AccountId): Whereabouts => given.whereabouts?.(account) ?? {};
  const isFaceless = ([account, evidence]: Group): boolean =>
    whereIs(account).addressed === false && evidence.every(({ kind }) => isById(kinds[kind]));

  const soundly = all.flatMap(([, evidence]) => evidence.filter(isSound).map(classOf));
  const known: ReadonlySet<SourceClass> = new Set(soundly.filter((one) => DEEDS.includes(one)));

  /** A thing is made once. Where it is known by whom, a name that the holder chose for the same deed speaks for nobody. */
  const isRefuted = (item: Evidence) => !isSound(item) && known.has(classOf(item));

  /** Nobody answers for what began after they had left, unless they did it all the same. */
  const isPast = (item: Evidence, { left }: Whereabouts) => {
    const { began } = given;
    if (left === undefined || began === undefined || began <= left) return false;
    return whenDone(item) <= left || !(DEEDS.includes(classOf(item)) || classOf(item) === "consent");
  };

  const isRenamed = all.some(([, evidence]) => evidence.some(({ kind }) => kind === "identity-renamed"));

  /** A name that was given to two identities, or after the credential began, names another one than it is held by. */
  const isOfAnother = (item: Evidence) =>
    classOf(item) === "identity" && (isRenamed || (given.began !== undefined && item.at > later(given.began, CLOCKS)));

  const whenDone = (item: Evidence): Instant => doneAt(item, classOf(item), given.began);

  /** A declaration of somebody who has left is not kept up any more. */
  const keptUpUntil = (item: Evidence, { left }: Whereabouts): Instant =>
    left !== undefined && classOf(item) === "declaration" && left < item.at ? left : item.at;

  const sumOf = (evidence: readonly Evidence[], where: Whereabouts): number => {
    const strongest = new Map<string, number>();
    for (const item of evidence) {
      const family = MAKING.includes(classOf(item)) ? "making" : classOf(item);
      const strength = faded(kinds[item.kind], keptUpUntil(item, where), now);
      strongest.set(family, Math.max(strongest.get(family) ?? 0, strength));
    }
    return [...strongest.values()].sort((a, b) => a - b).reduce((sum, strength) => sum + strength, 0);
  };

  return ([account, items]: Group): Weighed => {
    const evidence = [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const where = whereIs(account);
    const standing = evidence.filter((item) => !isRefuted(item) && !isOfAnother(item) && !isPast(item, where));
    const bare = { account, evidence, faceless: isFaceless([account, items]) };
    if (standing.length === 0 && evidence.length > 0) return { ...bare, odds: 0, sound: 0, joined: 0, kept: 1 };
    const gone = goneSince(standing.filter((item) => MAKING.includes(classOf(item))).map(whenDone), where);
    return {
      ...bare,
      odds: Math.exp(sumOf(standing, where)),
      sound: Math.exp(sumOf(standing.filter(isSound), where)),
      joined: Math.exp(sumOf(standing.filter(isSound).filter(isJoined), where)),
      kept: gone === undefined || standing.some((item) => classOf(item) === "consent") ? 1 : 1 - handedOn[gone],
    };
  };
}

/** What came through a session is dated by that, and sessions outlive those who are sent away: it was issued when it began. */
const doneAt = ({ at, through = [] }: Evidence, of: SourceClass, began: Instant = at): Instant =>
  of === "issuance" && through.length > 0 && began > at ? began : at;

/** How somebody went away from what they had made, if they did. */
function goneSince(made: readonly Instant[], { left, moved }: Whereabouts): "left" | "moved" | undefined {
  const last = made.toSorted().at(-1);
  if (last === undefined) return undefined;
  if (left !== undefined && left > last) return "left";
  return moved !== undefined && moved > last ? "moved" : undefined;
}

const isById = ({ forgeableBy, byId }: Kind): boolean => forgeableBy === "nobody" || byId === true;

const keyOf = ({ kind, at, source, eventId, candidate, through }: Evidence) =>
  JSON.stringify([kind, at, source, eventId, candidate, through ?? []]);
