import type { Case } from "@leasehold/core/casework";
import type { Blast, Plan, Receipt, Reversibility, Verb } from "@leasehold/core/connector";
import { type AccountId, Fault, type Instant, later, type WindDownId } from "@leasehold/core/kernel";
import {
  type Close,
  decide,
  nextOf,
  type Rung,
  record,
  type Step,
  type View,
  type WindDown,
} from "@leasehold/core/winddown";
import { custodianFor, deadline, itemShown } from "../casework/index.ts";
import { peopleOf } from "../question/index.ts";
import { look, sessionsOf, wanting } from "../winddown/index.ts";
import type { Eyes, ReadingPorts } from "../world/index.ts";
import { type Foreseen, foreseeing } from "./acting.ts";
import { yesTo } from "./yes.ts";

/** One thing that would happen to one credential, and when. */
export type Ahead = { readonly at: Instant } & (
  | {
      readonly does: "asks";
      readonly custodian: AccountId;
      readonly because: string;
      readonly until: Instant;
      readonly ifSilent: "nothing" | "goes down";
      readonly last: boolean; // nobody comes after
    }
  | {
      readonly does: "descends";
      readonly to: Rung;
      readonly verb: Verb;
      readonly reversibility: Reversibility | undefined;
      readonly blast: Blast | undefined;
      readonly voices: number; // how many people must have said yes; none: on silence
    }
  | { readonly does: "undoes"; readonly to: Rung; readonly verb: Verb }
  | { readonly does: "reopens"; readonly because: string }
  | { readonly does: "closes"; readonly as: Close }
  | { readonly does: "stops"; readonly because: string } // from here on nothing happens by itself
);

/** What nobody, or everybody who is asked, says. */
export type Saying = "nothing" | "yes";

interface Going {
  readonly windDown: WindDown;
  readonly until: Instant;
  readonly over: boolean;
  readonly view: View | undefined;
  readonly ahead: readonly Ahead[];
  readonly yesAt: Instant | undefined; // when whoever was asked says so
}

const ANSWERS_IN = 1; // hours: a yes of the very instant of its question is nobody's
const MOST_TURNS = 400;
const MOST_STEPS = 60; // of one wind-down without a wait

/**
 * The way of a case's wind-downs from now to their ends, by the very functions that take it, on a clock of its own. Where one
 * cannot be looked at it stops there, and says why.
 */
export async function courseOf(
  world: ReadingPorts,
  of: { readonly case: Case; readonly windDowns: readonly WindDown[] },
  says: Saying,
  from: Instant,
): Promise<ReadonlyMap<WindDownId, readonly Ahead[]>> {
  const foreseen = foreseeing(world);
  let going: readonly Going[] = of.windDowns.map((windDown) => ({
    ...{ windDown, until: from, over: windDown.closed !== undefined, view: undefined, ahead: [], yesAt: undefined },
  }));
  let now = from;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const there = foreseen.at(now);
    const moved: Going[] = [];
    for (const one of going)
      moved.push(isDue(one, now) ? await settled(there, foreseen, await answering(there, one)) : one);
    going = moved;
    if (going.some(isWanting)) {
      going = await asked(there, of.case, going, says);
      continue;
    }
    const next = going.flatMap(({ over, until }) => (over ? [] : [until])).sort()[0];
    if (next === undefined) break;
    now = next;
  }
  return new Map(going.map(({ windDown, ahead }) => [windDown.id, ahead]));
}

const isDue = ({ over, until, windDown }: Going, now: Instant) => !over && windDown.wants === undefined && until <= now;
const isWanting = ({ over, windDown }: Going) => !over && windDown.wants !== undefined;

/** Until it waits, wants people asked, or is over. */
async function settled(world: ReadingPorts, foreseen: Foreseen, begun: Going): Promise<Going> {
  let one = begun;
  if (one.over) return one;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    try {
      const { view, hands } = await look(world, one.windDown);
      const next = decide(one.windDown, view, { grace: world.config.playbook.grace }, world.clock());
      const after = await taken(world, foreseen, { ...one, view }, next, hands);
      if (after.over || after.windDown.wants !== undefined || next.do === "wait") return after;
      if (next.do === "offer" && after.until > world.clock()) return after;
      one = after;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return stopped(one, world.clock(), `it cannot be looked at: ${error.message}${permissionIn(error)}`);
    }
  }
  return stopped(one, world.clock(), "it never comes to a rest");
}

/** Found dead, as it is hoped; a session that it opened before may live on, and the end waits for it. */
function readBack(windDown: WindDown, hands: readonly Eyes[], at: Instant): WindDown {
  const last = windDown.acts.at(-1);
  const hand = hands.find(({ verb }) => verb === last?.receipt.verb);
  const sessions = windDown.returned === undefined && last && hand ? sessionsOf(hand, last) : {};
  return record(windDown, { kind: "verified", verdict: "confirmed", proof: { at, ...sessions } });
}

const permissionIn = ({ facts }: Fault) => (typeof facts["permission"] === "string" ? ` (${facts["permission"]})` : "");

async function taken(
  world: ReadingPorts,
  foreseen: Foreseen,
  one: Going,
  step: Step,
  hands: readonly Eyes[],
): Promise<Going> {
  const { windDown } = one;
  const at = world.clock();
  switch (step.do) {
    case "wait":
      return step.because === undefined ? { ...one, until: step.until } : stopped(one, at, step.because);
    case "ask":
      return { ...one, windDown: wanting(windDown, step.because) };
    case "offer":
      return windDown.question?.custodian === step.to
        ? { ...one, until: step.until }
        : { ...one, windDown: wanting(windDown, "a new owner is asked to accept") };
    case "verify":
      return { ...one, windDown: readBack(windDown, hands, at) };
    case "descend":
    case "undo":
      return acted(world, foreseen, one, step);
    case "reopen":
      foreseen.contested(windDown.credential, at);
      return told(
        { ...one, windDown: record(windDown, { kind: "reopened", as: step.as }) },
        { at, does: "reopens", because: step.as },
      );
    case "close":
      return { ...told(one, { at, does: "closes", as: step.as }), over: true };
  }
}

/** As if the provider had done exactly what the plan wants. */
async function acted(
  world: ReadingPorts,
  foreseen: Foreseen,
  one: Going,
  { do: does, to, plan }: Extract<Step, { do: "descend" | "undo" }>,
): Promise<Going> {
  const { windDown } = one;
  const at = world.clock();
  const { frozen } = (await world.ledger.brake()).value;
  if (frozen && does === "descend") return stopped(one, at, `the brake is on since ${frozen.at}: nothing goes down`);
  const voices = windDown.answer?.kind === "yes" ? windDown.answer.voices.length : 0;
  const kind = does === "descend" ? "descended" : "undone";
  foreseen.left(windDown.credential, plan.wanted);
  const after = record(windDown, { kind, to, receipt: receiptOf(plan), at });
  const next: Ahead =
    does === "undo"
      ? { at, does: "undoes", to, verb: plan.verb }
      : { at, does: "descends", to, verb: plan.verb, voices, ...costOf(windDown) };
  return told({ ...one, windDown: after }, next);
}

function costOf(windDown: WindDown): { reversibility: Reversibility | undefined; blast: Blast | undefined } {
  const next = nextOf(windDown);
  return { reversibility: next?.reversibility, blast: next?.blast };
}

const receiptOf = ({ verb, target, before, wanted }: Plan): Receipt => ({
  ...{ verb, target, before, after: wanted, changed: true, adopted: false },
});

interface Asking {
  readonly account: AccountId;
  readonly last: boolean;
  readonly items: readonly Going[];
}

/** By custodian, as a case asks: one message, one deadline. */
async function asked(
  world: ReadingPorts,
  open: Case,
  going: readonly Going[],
  says: Saying,
): Promise<readonly Going[]> {
  const people = peopleOf(world, world.clock());
  const groups = new Map<AccountId, Asking>();
  const after = new Map<WindDownId, Going>();
  for (const one of going.filter(isWanting)) {
    const custodian = await custodianFor(world, people, open, one.windDown);
    if (custodian === undefined)
      after.set(one.windDown.id, stopped(one, world.clock(), "nobody is left to ask but the one who left"));
    else {
      const group = groups.get(custodian.account) ?? { ...custodian, items: [] };
      groups.set(custodian.account, { ...group, items: [...group.items, one] });
    }
  }
  for (const group of groups.values())
    for (const one of group.items) after.set(one.windDown.id, await put(world, group, one, says));
  return going.map((one) => after.get(one.windDown.id) ?? one);
}

async function put(world: ReadingPorts, group: Asking, one: Going, says: Saying): Promise<Going> {
  const { windDown, view } = one;
  if (view === undefined) return stopped(one, world.clock(), "it was not looked at");
  const at = world.clock();
  const { account: custodian, last, items } = group;
  const { token, ifSilent } = itemShown(windDown, view);
  const until = deadline(
    world,
    items.map((item) => item.windDown),
  );
  const question = { asked: at, until, token, ifSilent, last, custodian, decision: "dec_foreseen" } as const;
  const because = windDown.wants ?? "";
  const yesAt = says === "yes" ? later(at, ANSWERS_IN) : undefined;
  const put = told(
    { ...one, until: at, yesAt, windDown: { ...windDown, question, wants: undefined } },
    { at, does: "asks", custodian, because, until, ifSilent, last },
  );
  return yesAt === undefined ? put : { ...put, until: yesAt };
}

async function answering(world: ReadingPorts, one: Going): Promise<Going> {
  if (one.yesAt === undefined || one.yesAt > world.clock() || one.view === undefined) return one;
  const said = await yesTo(world, peopleOf(world, world.clock()), one.windDown, one.view);
  if ("stops" in said) return stopped(one, world.clock(), said.stops);
  return { ...one, yesAt: undefined, windDown: { ...one.windDown, answer: said.answer } };
}

const told = (one: Going, next: Ahead): Going => ({ ...one, ahead: [...one.ahead, next] });
const stopped = (one: Going, at: Instant, because: string): Going => ({
  ...told(one, { at, does: "stops", because }),
  over: true,
});
