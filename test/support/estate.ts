import type { Hand, Mode, Provider } from "@leasehold/app/world";
import {
  draw,
  type Message,
  type PersonState,
  type Plan,
  type Receipt,
  type State,
  same,
  type Target,
  type Ticket,
} from "@leasehold/core/connector";
import { Fault, type Instant, unavailable } from "@leasehold/core/kernel";
import { oktaUser } from "./signals.ts";

/** How a fake provider feels: each may throw, and changes what it does from then on. */
export interface Moods {
  before: (plan: Plan) => void | Promise<void>; // before it changes anything
  after: (plan: Plan) => void | Promise<void>; // when it has
  see: () => void;
  person: (name: string) => void;
  group: () => void;
  desk: (id: string) => void;
}

export interface FakeEstate {
  readonly providers: readonly Provider[];
  readonly diary: string[]; // what was done to credentials, in order
  readonly states: Map<string, State>; // by credential; on where nothing stands
  readonly people: Map<string, PersonState>; // by user name; active where nothing stands
  readonly groups: Map<string, readonly string[]>; // of the directory, by id: user names
  readonly messages: Map<string, Message[]>; // by desk: every one that is there now
  readonly asks: string[]; // "slack dec_…"
  readonly moods: Moods;
  used: Instant | null | undefined;
  mode: Mode;
  gone: boolean; // the connector left the configuration
  hands: readonly Hand[];
}

export const ON: State = { status: "Active" };
export const OFF: State = { status: "Inactive" };

/** A provider of access keys, a directory and two desks, in memory. */
export function fakeEstate(): FakeEstate {
  const it: FakeEstate = {
    ...{ diary: [], states: new Map(), people: new Map(), groups: new Map(), messages: new Map(), asks: [] },
    moods: { before: () => {}, after: () => {}, see: () => {}, person: () => {}, group: () => {}, desk: () => {} },
    ...{ used: null, mode: "act", gone: false, hands: [] },
    providers: [],
  };
  it.hands = [handOf(it, "disable", OFF), handOf(it, "delete", undefined)];
  const aws = provider("aws-iam", "AWS IAM", {
    ...{ page: async () => ({ signals: [], next: undefined, whole: true }) },
  });
  Object.defineProperties(aws, {
    hands: { get: () => it.hands },
    mode: { get: () => it.mode },
  });
  const okta = provider("okta", "Okta", {
    person: async ({ user = "" }) => {
      it.moods.person(user);
      return it.people.get(user) ?? "active";
    },
    groups: {
      has: async (group, { user = "" }) => {
        it.moods.group();
        return (it.groups.get(group) ?? []).includes(user);
      },
      members: async (group) => {
        it.moods.group();
        return (it.groups.get(group) ?? []).map(oktaUser);
      },
    },
  });
  const all = [aws, okta, deskOf(it, "slack"), deskOf(it, "jira")];
  return Object.defineProperty(it, "providers", { get: () => (it.gone ? all.slice(1) : all) });
}

function provider(id: string, title: string, parts: Partial<Provider>): Provider {
  return {
    ...{ id, title, proof: "fixtures", mode: "act", hands: [], listens: undefined, check: undefined },
    ...{ person: undefined, page: undefined, since: undefined, desk: undefined },
    ...parts,
  };
}

/** As the contract asks: looks, compares, changes only what differs. */
export function handOf(it: FakeEstate, verb: Plan["verb"], wanted: State, more: Partial<Hand> = {}): Hand {
  const see = async ({ credential }: Target): Promise<State> => {
    it.moods.see();
    return it.states.has(credential) ? it.states.get(credential) : ON;
  };
  return {
    ...{ verb, credential: "access key", blast: "credential", permissions: [], settlesAfter: 10 },
    reversibility: wanted === undefined ? "R3" : "R1",
    see,
    plan: async (target) =>
      draw({ verb, target, before: (await see(target)) ?? {}, wanted, alsoAffects: [], refusals: [] }),
    apply: async (plan): Promise<Receipt> => {
      const { target, before, wanted: after } = plan;
      await it.moods.before(plan);
      const now = await see(target);
      const receipt = { verb, target, before, after, changed: !same(before, after) };
      if (same(now, after)) return { ...receipt, adopted: receipt.changed };
      if (!same(now, before)) throw new Fault("StalePlan", "it changed since it was looked at");
      it.states.set(target.credential, after);
      it.diary.push(`${verb} ${after?.["status"] ?? "gone"}`);
      await it.moods.after(plan);
      return { ...receipt, adopted: false };
    },
    verify: async ({ target, after }) => {
      const seen = await see(target);
      return { verdict: same(seen, after) ? "confirmed" : "still alive", seen };
    },
    lastUsed: async () => it.used,
    ...more,
  };
}

function deskOf(it: FakeEstate, id: string): Provider {
  const there = () => it.messages.get(id) ?? [];
  const desk: Provider["desk"] = {
    id,
    ask: async (message): Promise<Ticket> => {
      it.moods.desk(id);
      it.asks.push(`${id} ${message.key}`);
      it.messages.set(id, [...there().filter(({ key }) => key !== message.key), message]);
      return { desk: id, ref: {} }; // of one message there is one copy
    },
    edit: async (_ticket, message) => {
      it.moods.desk(id);
      it.messages.set(
        id,
        there().map((one) => (one.key === message.key ? message : one)),
      );
    },
    withdraw: async (key, but) => {
      it.moods.desk(id);
      const left = there().filter((one) => one.key !== key || but !== undefined);
      it.messages.set(id, left);
      return 0;
    },
    read: () => [],
  };
  return provider(id, id, { desk });
}

export const down = (): never => {
  throw unavailable("example");
};
