import { leftOn } from "../connector/index.ts";
import { type AccountId, type Instant, later } from "../kernel/index.ts";
import {
  type Act,
  type Answer,
  type Descent,
  RUNGS,
  type Rung,
  type Standing,
  shown,
  type View,
  type Voice,
  type WindDown,
} from "./model.ts";
import { silenceLimit } from "./silence-limit.ts";

export const YES_LASTS = 168; // hours

/** What stands against going on, in one sentence; undefined where nothing does. */
export function objection(windDown: WindDown, next: Descent, view: View, now: Instant): string | undefined {
  const { plan, standing } = view;
  const voices = voicesFor(view, windDown.answer, now);
  return (
    standing.protected ??
    plan?.refusals[0] ??
    (standing.mode === "observe" ? "the connector only observes: somebody must switch it off, by hand" : undefined) ??
    (voices.length > 0 ? objectionToYes(windDown, next, voices) : objectionToSilence(next, standing))
  );
}

/** What a question may say that silence will do: exactly what `decide` would then do, and nothing more. */
export function ifSilent(windDown: WindDown, view: View): "nothing" | "goes down" {
  const next = nextOf(windDown);
  if (next === undefined || view.plan === undefined || view.plan.refusals.length > 0) return "nothing";
  if (view.standing.protected !== undefined) return "nothing";
  return objectionToSilence(next, view.standing) === undefined ? "goes down" : "nothing";
}

export const nextOf = ({ ladder, rung }: Pick<WindDown, "ladder" | "rung">): Descent | undefined =>
  ladder.find(({ to }) => below(to, rung));

/** A yes is to what was shown, and does not keep. */
export function voicesFor(view: View, answer: Answer | undefined, now: Instant): readonly Voice[] {
  const { plan, standing, speakers = {} } = view;
  if (plan === undefined || answer?.kind !== "yes" || answer.token !== shown(plan, standing)) return [];
  return standingVoices(answer.voices, now).map((voice) => knownAs(voice, speakers[voice.account]));
}

/** What has not lapsed; and what was said as the second of two no longer than somebody else's does not. */
export function standingVoices(voices: readonly Voice[], now: Instant): readonly Voice[] {
  const standing = voices.filter(({ at }) => now < later(at, YES_LASTS));
  return standing.some(({ second }) => second === undefined) ? standing : [];
}

function objectionToSilence(next: Descent, standing: Standing): string | undefined {
  if (next.reversibility === "R2" || next.reversibility === "R3") return "the next step needs a person's answer";
  if (next.blast !== "credential") return "the next step takes others down with it";
  return below(next.to, silenceLimit(standing)) ? "silence may go no further" : undefined;
}

/** Where nothing can be switched off first, the second pair of eyes stands in for the grace. */
function objectionToYes(windDown: WindDown, next: Descent, voices: readonly Voice[]): string | undefined {
  if (next.reversibility !== "R3") return undefined;
  if (canBeOff(windDown.ladder))
    return offSince(windDown) === undefined ? "it has not been seen switched off" : undefined;
  const enough = voices.some((one) => one.security && voices.some((other) => areTwo(one, other)));
  return enough ? undefined : "final, and never switched off first: two people, one from security";
}

/** No account is both one's: whoever was merged or split between two clicks, or is known by another name by now, is still one. */
export const areTwo = (one: Voice, other: Voice): boolean =>
  one.person !== other.person && !accountsOf(one).some((account) => accountsOf(other).includes(account));

const knownAs = (voice: Voice, now: readonly AccountId[] | undefined): Voice =>
  now === undefined ? voice : { ...voice, accounts: [...accountsOf(voice), ...now] };

const accountsOf = ({ account, accounts = [] }: Voice): readonly AccountId[] => [account, ...accounts];

/** Since when it was seen to stand switched off by an act that can be taken back. Quarantine does not count: it still authenticates. */
export function offSince({ acts, ladder, doubt }: Pick<WindDown, "acts" | "ladder" | "doubt">): Instant | undefined {
  const off = acts.find(({ to, verified }) => to === "disabled" && verified === "confirmed");
  return canBeOff(ladder) && doubt === undefined ? off?.at : undefined;
}

/** Switched off by us, and dead when it was last read back. */
export const isSeenOff = ({ acts, rung, doubt }: Pick<WindDown, "acts" | "rung" | "doubt">): boolean =>
  rung === "disabled" && doubt === undefined && acts.at(-1)?.verified === "confirmed";

/** The latest instant at which a session that was opened with it before can live; undefined where none can. */
export function sessionsUntil({ acts }: Pick<WindDown, "acts">): Instant | undefined {
  return acts
    .flatMap(({ proof }) => proof?.sessions ?? [])
    .sort()
    .at(-1);
}

/** Until when use is watched for: what was read back before that is confirmed, and not final yet. */
export function watchedUntil({ acts }: Pick<WindDown, "acts">): Instant | undefined {
  const last = acts.at(-1);
  return last?.verified === "confirmed" && !isFinal(last) ? last.proof?.sessions : undefined;
}

/** Confirmed, and read back when no session that was opened before could live any more; and nothing was left that opens new ones. */
export const isFinal = ({ verified, proof, receipt }: Pick<Act, "verified" | "proof" | "receipt">): boolean =>
  verified === "confirmed" &&
  leftOn(receipt.after) === undefined &&
  (proof?.sessions === undefined || proof.at >= proof.sessions);

const canBeOff = (ladder: WindDown["ladder"]) => costOf(ladder, "disabled") === "R1";

/** What the act that leads to a rung declares: of two that do, the first is the one that is taken. */
export const costOf = (ladder: WindDown["ladder"], to: Rung): Descent["reversibility"] | undefined =>
  ladder.find((descent) => descent.to === to)?.reversibility;

export const below = (rung: Rung, than: Rung) => RUNGS.indexOf(rung) > RUNGS.indexOf(than);
