import { back, draw, type Plan, type State, same } from "../connector/index.ts";
import { type AccountId, type Instant, later } from "../kernel/index.ts";
import { below, costOf, isSeenOff, nextOf, objection, offSince, voicesFor, watchedUntil, YES_LASTS } from "./judge.ts";
import {
  type Act,
  type Answer,
  type Close,
  type Descent,
  type Lost,
  type Policy,
  type Question,
  type Rung,
  type Standing,
  shown,
  type View,
  type WindDown,
} from "./model.ts";

export type Step =
  | { readonly do: "wait"; readonly until: Instant; readonly because?: string } // nothing waits without an end
  | { readonly do: "ask"; readonly because: string } // a new question, to the next custodian in the chain
  | { readonly do: "offer"; readonly to: AccountId; readonly until: Instant } // a new owner must accept
  | { readonly do: "verify" } // read back what was last done
  | { readonly do: "descend"; readonly to: Rung; readonly plan: Plan }
  | { readonly do: "undo"; readonly to: Rung; readonly plan: Plan }
  | { readonly do: "reopen"; readonly as: Lost["as"] } // back to flagged, with nothing agreed
  | { readonly do: "close"; readonly as: Close };

export const LEAST_GRACE = 168; // hours; no policy goes below it
export const LEAST_NOTICE = 4; // hours; whatever a question says
const LOOK_AGAIN = 24; // hours

/**
 * The next step of a wind-down, and nothing else. Pure: the Lambda, the laptop
 * and the "what would happen if" page all call this one function.
 */
export function decide(windDown: WindDown, view: View, policy: Policy, now: Instant): Step {
  return unread(view, now) ?? watched(windDown, judged(windDown, view, policy, now), now);
}

function judged(windDown: WindDown, view: View, policy: Policy, now: Instant): Step {
  return (
    absent(windDown, view, now) ??
    answered(windDown, view, now) ??
    overtaken(windDown, view, now) ??
    onward(windDown, view, policy, now)
  );
}

/** Done means verified: nothing follows an act before it was read back, not even the end. */
function unread({ settled }: View, now: Instant): Step | undefined {
  if (settled === undefined) return undefined;
  return now < settled ? { do: "wait", until: settled } : { do: "verify" };
}

/** Confirmed is final when the longest session can have ended: whatever rests until then is read back once more. */
function watched(windDown: WindDown, step: Step, now: Instant): Step {
  const until = watchedUntil(windDown);
  const rests = step.do === "wait" || (step.do === "close" && (step.as === "bottom" || step.as === "gone"));
  if (until === undefined || !rests) return step;
  if (now >= until) return { do: "verify" };
  if (step.do === "wait") return step.until <= until ? step : { ...step, until };
  return { do: "wait", until };
}

/** One empty read is not proof: it may be a renamed user, a lagging replica or the wrong place. */
function absent(windDown: WindDown, { state, gone }: View, now: Instant): Step | undefined {
  if (state !== undefined || isAwaited(windDown, now) || isTakenBack(windDown)) return undefined;
  if (gone) return { do: "close", as: "gone" };
  return lookAgain(now, "not found, and nothing confirms that it is gone");
}

/** What we took out of sight and can be brought back, and somebody wants back: that goes on though there is nothing to be seen. */
function isAwaited({ answer, acts, ladder, rung }: WindDown, now: Instant): boolean {
  const last = acts.at(-1);
  if (last === undefined || last.receipt.after !== undefined || costOf(ladder, last.to) === "R3") return false;
  if (answer?.kind === "hold") return now < answer.until && below(rung, answer.at);
  return answer?.kind === "undo" || (answer?.kind === "keep" && (answer.accepted || now < answer.lapses));
}

/** A new consent has an id of its own: that the old one is gone is no news where it was undone by a person's hand. */
const isTakenBack = ({ answer, rung, acts, lost }: WindDown) =>
  answer?.kind === "undo" &&
  rung === "flagged" &&
  acts.length === 0 &&
  (answer.by !== undefined || lost?.at(-1)?.as === "a person brought it back");

/** What somebody said, while it lasts: before anything else, for nobody's hand outweighs what a person said here. */
function answered(windDown: WindDown, view: View, now: Instant): Step | undefined {
  const { answer, rung, acts } = windDown;
  switch (answer?.kind) {
    case "undo":
      return rung === "flagged" && acts.length === 0 ? { do: "close", as: "undone" } : takenBack(windDown, view, now);
    case "hold":
      return held(windDown, answer, view, now);
    case "keep":
      return kept(windDown, answer, view, now);
    case "leave-off":
      return isSeenOff(windDown) && asWeLeftIt(windDown, view.state) ? { do: "close", as: "bottom" } : undefined;
    default:
      return undefined;
  }
}

type Said<K extends Answer["kind"]> = Extract<Answer, { kind: K }>;

function held(windDown: WindDown, { until, at }: Said<"hold">, view: View, now: Instant): Step | undefined {
  if (now >= until) return undefined;
  const step: Step = below(windDown.rung, at) ? takenBack(windDown, view, now) : { do: "wait", until };
  return step.do === "wait" && step.until > until ? { ...step, until } : step;
}

function kept(windDown: WindDown, answer: Said<"keep">, view: View, now: Instant): Step | undefined {
  const { accepted, newOwner, lapses } = answer;
  if (accepted) return windDown.rung === "flagged" ? { do: "close", as: "kept" } : takenBack(windDown, view, now);
  return now < lapses ? { do: "offer", to: newOwner, until: lapses } : undefined;
}

/** Newest first, and only what is still as we left it. Nobody can consent for somebody else, and nothing brings back what is final. */
function takenBack(windDown: WindDown, view: View, now: Instant, acts: readonly Act[] = windDown.acts): Step {
  const last = acts.at(-1);
  if (last === undefined) return lookAgain(now, "it is down, and not by us");
  const { from, to, receipt } = last;
  const cost = costOf(windDown.ladder, to);
  if (cost !== "R1" && cost !== "R3") return broughtBack(windDown, view, now, acts);
  if (!same(view.state, receipt.after) && !same(view.state, receipt.before))
    return cost === "R1" && isInDoubt(windDown, view.state) ? outOfDoubt(windDown, last, view, now) : CHANGED;
  if (cost === "R3") return same(view.state, receipt.after) ? { do: "close", as: "gone" } : CHANGED;
  if (receipt.adopted && !isWanted(windDown.answer))
    return lookAgain(now, "it may not have been us who did it: only a person's yes takes it back");
  return { do: "undo", to: from, plan: back(receipt) };
}

/** Where nobody knows what came of an act, a person who wants it back has looked: from what is there now, to what was there. */
function outOfDoubt({ answer }: WindDown, { from, receipt }: Act, { state }: View, now: Instant): Step {
  if (!isWanted(answer) || state === undefined)
    return lookAgain(now, "nobody knows what came of our last act: only a person's yes takes it back");
  return { do: "undo", to: from, plan: draw({ ...back(receipt), before: state }) };
}

/** Once a person has gone the way back of the newest act, what we did before it is ours to take back. */
function broughtBack(windDown: WindDown, view: View, now: Instant, acts: readonly Act[]): Step {
  if (!view.isBack) return lookAgain(now, "only a person can bring it back");
  if (acts.length === 1) return { do: "reopen", as: "a person brought it back" };
  return takenBack(windDown, { ...view, isBack: false }, now, acts.slice(0, -1));
}

/** A person wants it as it was: more than *not yet*, and more than that somebody is back. */
const isWanted = (answer: Answer | undefined) =>
  answer?.kind === "undo" ? answer.by !== undefined : answer?.kind === "keep" && answer.accepted;

const CHANGED: Step = { do: "reopen", as: "somebody changed it after us" };

/** What has leaked is asked about though the connector only observes: somebody must know of it at once. */
function overtaken(windDown: WindDown, { standing, state, restored }: View, now: Instant): Step | undefined {
  if (!asWeLeftIt(windDown, state) || wasRestored(windDown, restored)) return CHANGED;
  if (windDown.exposed !== undefined) return undefined;
  return standing.mode === "observe" ? lookAgain(now, "the connector only observes") : undefined;
}

/** Nothing of ours stands, or what it left; or what nobody knows of, and that was seen before. */
export const asWeLeftIt = (windDown: WindDown, state: State) => {
  const last = windDown.acts.at(-1);
  return last === undefined || same(state, last.receipt.after) || isInDoubt(windDown, state);
};

const isInDoubt = ({ doubt }: WindDown, state: State) => doubt !== undefined && same(state, doubt.seen);

/** On and off again between two looks is a break too: it did not stand switched off. */
function wasRestored({ acts }: WindDown, restored: Instant | undefined): boolean {
  const last = acts.at(-1);
  return last?.to === "disabled" && restored !== undefined && restored > last.at;
}

function onward(windDown: WindDown, view: View, policy: Policy, now: Instant): Step {
  const { plan } = view;
  const next = nextOf(windDown);
  if (next === undefined && isSeenOff(windDown)) return { do: "close", as: "bottom" };
  const soon = next && proposedAt(windDown, next, policy);
  if (soon !== undefined && now < soon) return { do: "wait", until: soon };
  if (next === undefined || plan === undefined)
    return putToPeople(windDown, "we cannot switch it off: somebody must, by hand", now);

  const ripe = ripeAt(windDown, next, policy) ?? now;
  const against = objection(windDown, next, view, now);
  const voiced = voicesFor(view, windDown.answer, now).length > 0;
  if (against !== undefined) {
    const step = putToPeople(windDown, against, now);
    return voiced && plan.refusals.length > 0 ? withinTheHour(step, now) : step;
  }

  const unheard = voiced ? undefined : notYetSilent(windDown, plan, view.standing, now);
  if (unheard !== undefined) return unheard;
  return now < ripe ? { do: "wait", until: ripe } : { do: "descend", to: next.to, plan };
}

/** Somebody said yes, and something else must go down first: that may be so within the hour. */
function withinTheHour(step: Step, now: Instant): Step {
  const until = later(now, 1);
  return step.do === "wait" && until < step.until ? { ...step, until } : step;
}

/** A question runs its notice and goes on to the next custodian; after the last of the chain it ends. */
function putToPeople(windDown: WindDown, because: string, now: Instant): Step {
  const question = presentQuestion(windDown);
  if (question === undefined) return { do: "ask", because };
  const until = noticeOf(question);
  if (now < until) return { do: "wait", until };
  return question.last ? end(windDown) : { do: "ask", because };
}

/** Why silence is no answer yet: nobody was asked, the notice runs, it is night, or the question did not say this. */
function notYetSilent(windDown: WindDown, plan: Plan, standing: Standing, now: Instant): Step | undefined {
  const question = presentQuestion(windDown);
  if (question === undefined) return { do: "ask", because: "nobody has been asked yet" };
  const until = latest(noticeOf(question), standing.notBefore);
  if (now < until) return { do: "wait", until };
  const unsaid = question.ifSilent === "nothing" || question.token !== shown(plan, standing);
  return unsaid ? { do: "ask", because: "silence would now do what the question did not say" } : undefined;
}

/** The end of the chain was asked and nobody answered: switched off stays so; the rest is a finding in the fallback's name. */
function end(windDown: WindDown): Step {
  return { do: "close", as: isSeenOff(windDown) ? "bottom" : "unresolved" };
}

/** An answer that has lapsed needs a question of its own: the silence before it does not count. */
function presentQuestion({ answer, question }: WindDown): Question | undefined {
  const lapsed = answer?.kind === "hold" ? answer.until : answer?.kind === "keep" ? answer.lapses : undefined;
  return question && (lapsed === undefined || question.asked >= lapsed) ? question : undefined;
}

/** Nothing that could be read of plan, person or use would take it further now: it is at the bottom, or the grace runs. */
export function isResting(windDown: WindDown, policy: Policy, now: Instant): boolean {
  const next = nextOf(windDown);
  const soon = next && proposedAt(windDown, next, policy);
  return next === undefined || (soon !== undefined && now < soon);
}

/** When what is final may be asked for: a yes given before would lapse. */
function proposedAt(windDown: WindDown, next: Descent, policy: Policy): Instant | undefined {
  const ripe = ripeAt(windDown, next, policy);
  return ripe && later(ripe, -YES_LASTS);
}

/** No number of voices shortens the grace. */
function ripeAt(windDown: WindDown, next: Descent, { grace }: Policy): Instant | undefined {
  const since = offSince(windDown);
  if (next.reversibility !== "R3" || since === undefined) return undefined;
  return later(since, Math.max(grace, LEAST_GRACE));
}

const lookAgain = (now: Instant, because: string): Step => ({ do: "wait", until: later(now, LOOK_AGAIN), because });
const noticeOf = ({ asked, until }: Question) => latest(until, later(asked, LEAST_NOTICE));
const latest = (a: Instant, b: Instant | undefined) => (b !== undefined && b > a ? b : a);
