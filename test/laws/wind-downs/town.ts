import { createHash } from "node:crypto";
import { readConfig } from "@leasehold/app/config";
import { ingest } from "@leasehold/app/ingest";
import type { DomainEvent, Hand, Mode, World } from "@leasehold/app/world";
import type { Case } from "@leasehold/core/casework";
import type { Message, PersonState, State } from "@leasehold/core/connector";
import {
  type CredentialId,
  denied,
  derivedId,
  type Instant,
  throttled,
  unavailable,
  type WindDownId,
} from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import type { Draft } from "@leasehold/core/trail";
import type { WindDown } from "@leasehold/core/winddown";
import { type FakeEstate, fakeEstate, handOf, OFF, ON } from "../../support/estate.ts";
import { memoryArchive, memoryTable } from "../../support/memory-table.ts";
import { type MemoryWorld, worldOn } from "../../support/memory-world.ts";
import {
  accessKey,
  byUser,
  hours,
  issuedKey,
  madeIdentity,
  oktaUser,
  seenKey,
  seenUser,
} from "../../support/signals.ts";
import { type Chronicle, chronicle } from "./chronicle.ts";
import { Killed, type Turns, turns } from "./turns.ts";

/** Who is there, and who manages them. Sam is security; Last is asked when nobody else is left. */
export const MANAGERS: Readonly<Record<string, string | undefined>> = {
  ...{ ada: "grace", bob: "grace", cleo: "bob", grace: "last", sam: "last", last: undefined },
};
export const PEOPLE = Object.keys(MANAGERS);

/** Of every kind of ladder one: off and on, then final; fenced first; somebody must consent again; final and nothing else. */
const KINDS = { key: "access key", fenced: "agent key", grant: "oauth grant", bare: "api token" } as const;
export interface Held {
  readonly id: CredentialId;
  readonly name: string;
  readonly kind: keyof typeof KINDS;
  readonly holder: string;
}
const held = (name: string, holder: string, kind: Held["kind"]): Held => ({ id: accessKey(name), name, holder, kind });
export const CREDENTIALS: readonly Held[] = [
  held("AKIAADA1EXAMPLE", "ada", "key"),
  held("AKIAADA2EXAMPLE", "ada", "grant"),
  held("AKIABOB1EXAMPLE", "bob", "fenced"),
  held("AKIABOB2EXAMPLE", "bob", "bare"),
  held("AKIACLEOEXAMPLE", "cleo", "key"),
];
export const DIRECTORIES = ["okta", "google-workspace"] as const; // the first is believed first

export type Mood = "well" | "refuses" | "throttles" | "forbids" | "loses answers" | "down";

/** The world, what is true in it, and what was seen of it. */
export interface Town {
  readonly world: MemoryWorld;
  readonly estate: FakeEstate;
  readonly seen: Chronicle;
  readonly turns: Turns;
  readonly bus: DomainEvent[];
  readonly truth: Record<(typeof DIRECTORIES)[number], Map<string, PersonState>>;
  readonly used: Map<CredentialId, Instant>;
  readonly downDesks: Set<string>;
  readonly killAt: Map<string, number>; // how many calls a runner has left
  readonly started: (machine: string, name: string, id: string) => void;
  mood: Mood;
  dirty: boolean; // something may wait to be said
  hear(signals: readonly Signal[]): Promise<void>;
  stateOf(credential: CredentialId): State;
  setMode(mode: Mode): void;
  /** As the store is now: whoever calls what it gives puts an older store in the place of the present one. */
  copy(): () => void;
  /** The world as one process reaches it: each call of a port may wait its turn, and may be its last. */
  as(runner: string): World;
}

const SETTINGS = {
  ...{ fallback: { email: "last@example.com" }, security: ["sam@example.com"], operators: ["sam@example.com"] },
  ...{ authority: [...DIRECTORIES], desks: ["slack", "jira"] },
  playbook: { notice: 24, remind: 12, escalate: 12, grace: 168 },
  brake: { peopleAnHour: { least: 1, share: 0, most: 1 }, peopleADay: { least: 2, share: 0, most: 2 } },
};

export async function town(on: { started: Town["started"]; woken: (token: string) => void }): Promise<Town> {
  const table = memoryTable();
  const world = worldOn({ table, archive: memoryArchive() }, [], "last@example.com");
  const estate = fakeEstate();
  const seen = chronicle(() => world.now);
  const worlds = new Map<string, World>();
  let dice = 0;
  let life = { id: "table", made: hours(-24 * 61) };
  const it: Town = {
    ...{ world, estate, seen, turns: turns(), bus: [], used: new Map(), downDesks: new Set(), killAt: new Map() },
    ...{ truth: { okta: new Map(), "google-workspace": new Map() }, mood: "well", dirty: true, started: on.started },
    hear: async (signals) => {
      it.dirty = true;
      await ingest(world, signals, { live: true, recordedAt: world.now });
    },
    stateOf: (credential) => (estate.states.has(credential) ? estate.states.get(credential) : ON),
    setMode: (mode) => {
      estate.mode = mode;
      seen.write({ what: "mode", mode });
    },
    copy: () => {
      const [back, from] = [table.copy(), seen.all.length];
      return () => {
        back();
        seen.forget(from);
        seen.write({ what: "put back" });
        life = { id: `table ${seen.all.length}`, made: world.now };
      };
    },
    as: (runner) => {
      const world = worlds.get(runner) ?? reached(it, runner);
      worlds.set(runner, world);
      return world;
    },
  };
  Object.assign(world, {
    life: async () => life,
    config: readConfig(SETTINGS),
    random: (bytes: number) => Uint8Array.from(createHash("sha256").update(String(dice++)).digest().subarray(0, bytes)),
    runs: {
      start: async (machine: string, name: string, { id }: { id: string }) => on.started(machine, name, id),
      wake: async (token: string) => on.woken(token),
    },
    publish: async (events: readonly { key: string; event: DomainEvent }[]) => {
      it.bus.push(...events.map(({ event }) => event));
      return events.map(({ key }) => key);
    },
  });
  estate.moods.desk = (id) => {
    if (it.downDesks.has(id)) throw unavailable(id);
  };
  estate.moods.see = () => {
    if (it.mood === "down") throw unavailable("aws-iam");
  };
  await world.ledger.installed(hours(-24 * 60));
  await ingest(world, beforeUs, { live: false, recordedAt: world.now });
  return it;
}

export const onGoogle = (name: string) => derivedId("acc", "google-workspace", "example", name);
const seenOnGoogle = (name: string): Signal =>
  Signal.parse({
    ...{ kind: "account.seen", tenant: "example", account: onGoogle(name) },
    source: { connector: "google-workspace", eventId: `g/${name}`, occurredAt: hours(-800) },
    ...{ handle: { user: name }, standing: "active", name, email: `${name}@example.com` },
    sameAs: [{ account: oktaUser(name), how: "sso" }],
  });

const beforeUs: readonly Signal[] = [
  ...PEOPLE.map((name) => {
    const manager = MANAGERS[name];
    return seenUser(name, manager === undefined ? {} : { manager: oktaUser(manager) }, hours(-800));
  }),
  ...["ada", "bob"].map(seenOnGoogle),
  ...CREDENTIALS.flatMap(({ name, holder, kind }) => [
    issuedKey(byUser(holder), hours(-700), name, name),
    madeIdentity(name, byUser(holder), hours(-701)),
    seenKey({ type: KINDS[kind], lastUsed: null, owner: oktaUser(holder) }, hours(-1), name, name),
  ]),
];

const FENCED: State = { status: "Active", fence: "denied" };
const COSTS = { quarantine: "R1", disable: "R1", delete: "R3", revoke: "R2" } as const;

/** The hands of one process: what it changes is written down under its name. */
function handsOf(it: Town, runner: string): readonly Hand[] {
  const its: FakeEstate = Object.create(it.estate) as FakeEstate;
  Object.defineProperty(its, "moods", {
    value: {
      ...it.estate.moods,
      before: async () => {
        it.seen.write({ what: "calls", by: runner });
        await at(it, runner, false);
        if (it.mood === "refuses") throw unavailable("aws-iam");
        if (it.mood === "throttles") throw throttled("aws-iam");
        if (it.mood === "forbids") throw denied("aws-iam", "iam:UpdateAccessKey");
      },
      after: async ({ verb, target, before, wanted, token }: Parameters<Hand["apply"]>[0]) => {
        const down = isDown(verb, wanted);
        const cost = COSTS[verb as keyof typeof COSTS];
        const what = { verb, credential: target.credential, before, after: wanted, token };
        it.seen.write({ what: "effect", by: runner, ...what, cost, down });
        await at(it, runner, false);
        if (it.mood === "loses answers") throw unavailable("aws-iam");
      },
    },
  });
  const hand = (kind: Held["kind"], verb: keyof typeof COSTS, wanted: State, more: Partial<Hand> = {}) =>
    handOf(its, verb, wanted, {
      ...{ credential: KINDS[kind], reversibility: COSTS[verb] },
      lastUsed: async ({ credential }) => it.used.get(credential) ?? null,
      ...more,
    });
  const isBack = async ({ target }: Parameters<NonNullable<Hand["isBack"]>>[0]) =>
    it.stateOf(target.credential) !== undefined;
  return [
    hand("key", "disable", OFF),
    hand("key", "delete", undefined),
    hand("fenced", "quarantine", FENCED),
    hand("fenced", "disable", OFF),
    hand("fenced", "delete", undefined),
    hand("grant", "revoke", undefined, { wayBack: async () => "somebody must consent once more", isBack }),
    hand("bare", "delete", undefined),
  ];
}

const isDown = (verb: string, wanted: State) =>
  wanted === undefined || (verb === "quarantine" ? wanted["fence"] !== undefined : wanted["status"] === "Inactive");

async function at(it: Town, runner: string, safe: boolean): Promise<void> {
  await it.turns.turn(safe);
  const left = it.killAt.get(runner);
  if (left === undefined) return;
  it.killAt.set(runner, left - 1);
  if (left <= 0) throw new Killed(runner);
}

const PORTS = ["graph", "windDowns", "cases", "decisions", "trails", "outbox", "waits", "findings", "ledger", "usage"];

const SPOKEN = ["graph.put", "windDowns.open", "windDowns.change", "windDowns.close", "cases.open", "cases.change"];

function reached(it: Town, runner: string): World {
  const { world } = it;
  const port = (name: string) =>
    new Proxy(
      (world as unknown as Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>)[name] ?? {},
      {
        get:
          (target, key) =>
          async (...args: unknown[]) => {
            await at(it, runner, true);
            const result = await target[String(key)]?.(...args);
            if (SPOKEN.includes(`${name}.${String(key)}`)) it.dirty = true;
            note(it, runner, `${name}.${String(key)}`, args);
            return result;
          },
      },
    );
  const ports = Object.fromEntries(PORTS.map((name) => [name, port(name)]));
  const hands = handsOf(it, runner);
  const [aws, okta, ...desks] = it.estate.providers;
  const directory = (id: (typeof DIRECTORIES)[number]) => ({
    ...{ ...okta!, id },
    person: async ({ user = "" }) => {
      await at(it, runner, true);
      return it.truth[id].get(user) ?? "active";
    },
  });
  const provider = Object.defineProperties(
    { ...aws! },
    { hands: { get: () => hands }, mode: { get: () => it.estate.mode } },
  );
  const asking = desks.map((one) => ({
    ...one,
    desk: one.desk && {
      ...one.desk,
      ask: async (message: Message) => {
        await at(it, runner, true);
        const ticket = await one.desk!.ask(message);
        it.seen.write({ what: "asked", message });
        await at(it, runner, true);
        return ticket;
      },
      edit: async (...[ticket, message]: Parameters<NonNullable<typeof one.desk>["edit"]>) => {
        await one.desk!.edit(ticket, message);
        it.seen.write({ what: "edited", message });
      },
    },
  }));
  const providers = [provider, ...DIRECTORIES.map(directory), ...asking];
  const estate: World["estate"] = {
    provider: (id) => providers.find((one) => one.id === id),
    providers: () => providers,
  };
  return { ...world, ...ports, clock: () => world.now, estate } as World;
}

/** What was stored, at the instant when it was. */
function note({ seen }: Town, by: string, call: string, args: readonly unknown[]): void {
  const [first, second, third] = args as [never, never, never];
  if (call === "windDowns.get") seen.write({ what: "looks at itself", by, windDown: first });
  else if (call === "windDowns.open") {
    const { id, credential } = first as { id: WindDownId; credential: CredentialId };
    seen.write({ what: "opened", windDown: id, credential });
  } else if (call === "windDowns.intend") {
    const { windDown, version } = first as { windDown: { id: WindDownId }; version: number };
    seen.write({
      what: "intends",
      by,
      windDown: windDown.id,
      intent: { ...(second as object), version: version + 1 } as never,
    });
  } else if (call === "windDowns.change" || call === "windDowns.close") {
    const { did, facts, by: speaker } = third as Draft;
    const { id, answer } = second as WindDown;
    seen.write({ what: "entry", windDown: id, did, speaker, facts, answer });
  } else if (call === "cases.change") {
    noteBrake(seen, second, args[4] as { entry?: Draft } | undefined, third);
  }
}

function noteBrake(seen: Chronicle, next: Case, also: { entry?: Draft } | undefined, { did, facts }: Draft): void {
  const began = also?.entry;
  const of = String(began?.facts["hold"]);
  if (began?.did === "brake.tripped") seen.write({ what: "brake", as: "tripped", of });
  if (began?.did === "backlog.held") seen.write({ what: "brake", as: "backlog", of });
  const { accounts } = next;
  if (did === "place.taken") seen.write({ what: "brake", as: "counted", accounts });
  if (did === "case.held")
    seen.write({ what: "brake", as: "held", accounts, of: String(facts["hold"]), nth: Number(facts["nth"]) });
}
