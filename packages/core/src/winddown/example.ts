import { back, draw, type Plan, type Receipt } from "../connector/index.ts";
import { type AccountId, type Instant, later, type PersonId } from "../kernel/index.ts";
import type { Step } from "./decide.ts";
import {
  type Act,
  type Answer,
  type Descent,
  type Question,
  type Rung,
  type Standing,
  shown,
  type View,
  type Voice,
  type WindDown,
} from "./model.ts";

/** One leaver's access key on a Monday morning, for the tests beside this: they say only what differs. */
const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
export const at = (hours: number) => later(MONDAY, hours);
export const ON = { status: "Active" };
export const OFF = { status: "Inactive" };
export const ELSE = { status: "Expired" };
const target = { credential: "crd_01", handle: { key: "k" } } as const;

export const aPlan = (over: Partial<Plan> = {}) =>
  draw({ verb: "disable", target, before: ON, wanted: OFF, alsoAffects: [], refusals: [], ...over });
export const PLAN = aPlan();

export const LEAVER: Standing = {
  mode: "act",
  owner: "acc_sue",
  contested: false,
  departed: true,
  confidence: 0.97,
  inUse: false,
  shared: false,
  unforgeable: true,
  notBefore: undefined,
  protected: undefined,
};
export const QUARANTINE: Descent = { to: "quarantined", reversibility: "R1", blast: "credential" };
export const DISABLE: Descent = { to: "disabled", reversibility: "R1", blast: "credential" };
export const REVOKE: Descent = { to: "disabled", reversibility: "R2", blast: "credential" };
export const DELETE: Descent = { to: "deleted", reversibility: "R3", blast: "credential" };

export const TOKEN = shown(PLAN, LEAVER);
export const asked = (from: number, until: number, over: Partial<Question> = {}): Question => ({
  asked: at(from),
  until: at(until),
  token: TOKEN,
  ifSilent: "goes down",
  last: false,
  custodian: "acc_grace",
  decision: "dec_01",
  ...over,
});
export const aWindDown = (over: Partial<WindDown> = {}): WindDown => ({
  id: "wdc_01",
  case: "cas_01",
  credential: "crd_01",
  connector: "aws-iam",
  rung: "flagged",
  ladder: [DISABLE, DELETE],
  acts: [],
  question: asked(0, 72),
  wants: undefined,
  tried: [],
  answer: undefined,
  returned: undefined,
  snoozed: false,
  lives: 1,
  closed: undefined,
  ...over,
});
export const aView = (over: Partial<View> = {}): View => ({
  state: ON,
  gone: false,
  plan: PLAN,
  settled: undefined,
  isBack: false,
  standing: LEAVER,
  ...over,
});
export const standing = (over: Partial<Standing>): Partial<View> => ({ standing: { ...LEAVER, ...over } });

export const voice = (name: string, security = false, hours = 0, account = name): Voice => ({
  account: `acc_${account}` as AccountId,
  person: `per_${name}` as PersonId,
  security,
  at: at(hours),
});
export const GRACE = voice("grace");
export const SAM = voice("sam", true);
export const yes = (...voices: Voice[]): Answer => ({ kind: "yes", token: TOKEN, voices });
export const keep = (accepted: boolean, lapses: number): Answer => ({
  kind: "keep",
  newOwner: "acc_ada",
  accepted,
  lapses: at(lapses),
});
export const hold = (until: number, rung: Rung): Answer => ({ kind: "hold", until: at(until), at: rung });
export const undoBy = (by: AccountId | undefined): Answer => ({ kind: "undo", by, at: MONDAY });
export const LEAVE_OFF: Answer = { kind: "leave-off", by: "acc_grace", at: MONDAY };

export const RECEIPT: Receipt = { verb: "disable", target, before: ON, after: OFF, changed: true, adopted: false };
export const anAct = (over: Partial<Act> = {}): Act => ({
  from: "flagged",
  to: "disabled",
  receipt: RECEIPT,
  at: MONDAY,
  verified: "confirmed",
  ...over,
});
export const OFF_SINCE_MONDAY: Partial<WindDown> = { rung: "disabled", acts: [anAct()] };
export const SWITCHES_ON: Step = { do: "undo", to: "flagged", plan: back(RECEIPT) };
export const DISABLES: Step = { do: "descend", to: "disabled", plan: PLAN };
export const DELETES: Step = { do: "descend", to: "deleted", plan: PLAN };
export const VERIFIES: Step = { do: "verify" };
export const REOPENS: Step = { do: "reopen", as: "somebody changed it after us" };
export const wait = (hours: number, because?: string): Step => ({
  do: "wait",
  until: at(hours),
  ...(because === undefined ? {} : { because }),
});
export const ask = (because: string): Step => ({ do: "ask", because });
export const close = (as: Extract<Step, { do: "close" }>["as"]): Step => ({ do: "close", as });
