import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import type { TrailView } from "@leasehold/app/audit";
import type { CaseRow, CaseView, ItemView } from "@leasehold/app/case-view";
import type { PeopleImported } from "@leasehold/app/import";
import type { Preview } from "@leasehold/app/preview";
import type { Owns, Who } from "@leasehold/app/question";
import { steps } from "@leasehold/app/steps";
import type { Orphans } from "@leasehold/app/sweep";
import type { UsedAnswer } from "@leasehold/app/usage";
import type { Told, Undoing } from "@leasehold/app/winddown";
import type { Estate } from "@leasehold/app/world";
import { run } from "@leasehold/cli/run";
import type { Choice } from "@leasehold/core/connector";
import type { Finding } from "@leasehold/core/finding";
import { type CaseId, type DecisionId, derivedId, type Instant, later, type WindDownId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { Signal } from "@leasehold/core/signal";
import type { Entry } from "@leasehold/core/trail";
import { realClock } from "@leasehold/local/clock";
import { type Who as DemoWho, demoHistory, KEYS, type KeyName, PEOPLE } from "@leasehold/local/demo";
import type { Summary } from "@leasehold/local/history";
import { type Host, type Laptop, openLaptop, pressOne } from "@leasehold/local/laptop";
import { afterAll, vi } from "vitest";
import { MONDAY } from "./clock.ts";
import { rosterOf } from "./roster.ts";
import { type Sender, sent } from "./sent.ts";
import { noTroubles, type Troubles, troubled } from "./troubled.ts";
import { inWorld, type Others, type Worlds } from "./worlds.ts";

vi.setConfig({ testTimeout: process.env["LEASEHOLD_JOURNEYS"] === undefined ? 60_000 : 300_000 }); // weeks go by in a story

const EVENTS = new URL("../journeys/events/", import.meta.url);

/** Files live in memory where the system has room for that: what a story waits for is then its own work, and not the disk. */
const home = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "leasehold-journey-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let count = 0;
let dayOne: Promise<string> | undefined;

/** Under `npm run test:functions` the same stories run behind Lambda's handlers, on DynamoDB's API. */
const onAws = process.env["LEASEHOLD_JOURNEYS"] === "lambda" ? await import("./dynamo-journey.ts") : undefined;
const troubles = new Map<string, Troubles>();
const hostOf = (path: string): Host => {
  const host = onAws?.hostOf(path);
  const wrong = troubles.get(path) ?? noTroubles();
  const estate = (laid: Estate) => (host?.estate ?? ((one: Estate) => one))(troubled(laid, wrong));
  return { ...host, estate, ...(onAws && !hourly.has(path) && { often: ["watch-feeds", "restart-overdue", "drill"] }) };
};

/** On AWS' parts each landing costs some hundred requests: a jump lands where something is due, and at least every six hours. */
const hourly = new Set<string>();

interface Answering {
  readonly by: string; // e-mail
  readonly item: WindDownId;
  readonly decision?: DecisionId; // the present question's, where none is named
  readonly choice: Choice;
  readonly to?: string;
}

/** One story: a store of its own with the demo organisation, what a person at the terminal can do, and what they read there. */
export type Journey = Awaited<ReturnType<typeof journey>>;

/** Begins on the first day: the past is imported, everything is listed, and nobody has left. `watched`: hour by hour, also on AWS' parts. */
export async function journey({ watched = false } = {}) {
  dayOne ??= prepared();
  const path = fileNamed("db");
  if (watched) hourly.add(path);
  copyFileSync(await dayOne, path);
  await onAws?.tableFor(path, await dayOne);
  const wrong = noTroubles();
  troubles.set(path, wrong);
  const cli = <T>(...argv: readonly string[]) => typed<T>(path, argv);
  const cases = async () => (await cli<{ cases: readonly CaseRow[] }>("case", "list", "--all")).cases;
  const showCase = (id: CaseId) => cli<CaseView>("case", "show", id);
  const shown = async () => Promise.all((await cases()).map(({ id }) => showCase(id)));

  return {
    now: () => clockOf(path),

    /** Events as if they happened now: a file of `events/`, or what the demo makes. */
    deliver: async (events: string | readonly unknown[], { eventOnly = false } = {}) => {
      await cli("deliver", fileOf(events), ...(eventOnly ? ["--event-only"] : []));
    },
    /** A body of `events/` sent to the connector's own way in, signed as its sender would sign it. */
    send: (id: Sender, file: string, put: (body: string) => string = (body) => body) =>
      inside(path, async ({ world, simulations, settle }) => {
        const body = put(readFileSync(fileOf(file), "utf8"));
        const { status } = await sent(id, JSON.parse(body) as object, world, simulations);
        if (status !== 200) throw new Error(`${id} did not take ${file}: ${status}`);
        await settle();
      }),
    /** It happens at the provider, and no event of it comes. */
    unheard: (events: readonly unknown[]) =>
      inside(path, ({ simulations }) => {
        for (const event of events) for (const { live } of simulations) live.absorb(event);
      }),
    /** The directories have another manager, or none, from now on; `more` is for Okta alone. Their events name attributes only. */
    managedBy: (who: DemoWho, manager: DemoWho, more: Readonly<Record<string, string>> = {}) =>
      inFile(path, (db) => {
        const edit = usersIn(db);
        const [now, of, to] = [clockOf(path), PEOPLE[who], PEOPLE[manager]];
        edit("okta", ({ id, profile }) =>
          id === of.okta ? { lastUpdated: now, profile: { ...profile, managerId: to.okta, ...more } } : {},
        );
        edit("aws-identity-center", ({ userId, enterprise }) =>
          userId === of.identityCenter
            ? { updatedAt: now, enterprise: { ...enterprise, manager: { value: to.identityCenter } } }
            : {},
        );
      }),
    /** Somebody tags the user who has this key, and no list has told of it yet. */
    tagged: (name: KeyName, tag: string) =>
      inFile(path, (db) =>
        usersIn(db)("aws-iam", ({ keys = [], tags }) =>
          keys.some(({ accessKeyId }) => accessKeyId === KEYS[name].accessKeyId)
            ? { tags: { ...tags, [tag]: "" } }
            : {},
        ),
      ),
    /** The AWS account is another one from now on, and nobody of ours has heard of it. */
    account: (change: (world: Worlds["aws-iam"]) => object) =>
      inWorld<Worlds["aws-iam"]>(
        (use) => inFile(path, use),
        "aws-iam",
        (world) => ({ ...world, ...change(world as Worlds["aws-iam"]) }),
      ),
    /** What another provider has is another from now on, and nobody of ours has heard of it. */
    provider: <K extends keyof Others>(id: K, change: (world: Others[K] | undefined) => Others[K]) =>
      inWorld<Others[K]>((use) => inFile(path, use), id, change),
    /** What a personnel system says of somebody: heard now, or kept aside until its day has come. */
    people: (who: DemoWho, { standing, in: hours = 0 }: { readonly standing: string; readonly in?: number }) =>
      inside(path, async ({ world, settle }) => {
        const [now, id, source] = [world.clock(), PEOPLE[who].email, "people-file"] as const;
        const account = derivedId("acc", source, "hr", id);
        const seen = (is: string, at: Instant) =>
          Signal.parse({
            ...{ kind: "account.seen", source: { connector: source, eventId: `hr/${who}/${at}`, occurredAt: at } },
            ...{ tenant: "hr", account, handle: { source: "hr", id }, standing: is, email: id },
            sameAs: [{ account: emailAccount(id), how: "email" }],
          });
        const hear = (signal: Signal, live: boolean) =>
          steps["ingest-signals"].run(world, {
            signals: [signal],
            live,
            recordedAt: now,
            delivery: signal.source.eventId,
          });
        await hear(seen("active", later(now, -1)), false);
        await hear(seen(standing, later(now, hours)), true);
        await settle();
      }),
    /** The personnel system's own file of everybody, read as a person reads it in: whose contract has an end, and when. */
    roster: async (ends: Partial<Record<DemoWho, string>> = {}) => {
      const file = fileNamed("csv");
      writeFileSync(file, rosterOf(ends));
      return cli<{ imported: PeopleImported }>("import", "people", file, "--as-of", clockOf(path));
    },
    advance: async (hours: number) => {
      silence(path, await shown());
      await cli("clock", "--advance", `${Math.round(hours * 60)}m`);
    },
    /** Nothing of ours runs for so long. */
    asleep: (hours: number) =>
      inFile(path, (db) => db.prepare("UPDATE clock_offset SET millis = millis + ?").run(hours * HOUR)),

    /** These desks answer nothing from now on, or nothing to one person; with none, all of them do again. */
    down: (...desks: readonly string[]) => {
      wrong.down.clear();
      for (const desk of desks) wrong.down.add(desk);
    },
    /** Our role at these connectors has lost its rights from now on; with none, it has them again. */
    revoked: (...connectors: readonly string[]) => {
      wrong.refuses.clear();
      for (const id of connectors) wrong.refuses.add(id);
    },
    /** These connectors only watch from now on. */
    observes: (...connectors: readonly string[]) => {
      wrong.observes.clear();
      for (const id of connectors) wrong.observes.add(id);
    },
    /** These connectors act on a person's yes from now on. */
    asks: (...connectors: readonly string[]) => {
      for (const id of connectors) wrong.asks.add(id);
    },
    /** The next act at this connector is done, and what did it is killed before it can write that down. */
    diesAfterActing: (connector: string) => void wrong.dies.add(connector),

    cases,
    showCase,
    /** A simulated person presses a button on the first desk that has the question. */
    answer: async ({ by, item, decision, choice, to }: Answering): Promise<Told> => {
      const asked = decision ?? questionOf(await shown(), item);
      const more = to === undefined ? [] : ["--to", to];
      return only(
        (await cli<{ told: readonly Told[] }>("case", "answer", asked, item, choice, "--as", by, ...more)).told,
      );
    },
    /** On the other desk, with its vendor's signature on it. */
    answerInJira: async ({ by: user, item, choice }: Answering): Promise<Told> => {
      const decision = questionOf(await shown(), item);
      return inside(path, async ({ world, simulations, settle }) => {
        const press = { at: world.clock(), desk: "jira", user, decision, item, choice };
        const told = only(await pressOne(world, simulations, press));
        await settle();
        return told;
      });
    },
    brakeOn: () => cli<object>("brake", "on", "--because", "an import runs"),
    /** Security lets go on everything that is held. */
    release: async (by: string) => {
      const { held } = await cli<{ held: readonly { readonly id: string }[] }>("brake", "status");
      for (const { id } of held) await cli("brake", "release", id, "--because", "we know why they left", "--as", by);
      return held.length;
    },
    undo: async (id: WindDownId, by: string): Promise<Undoing> =>
      only((await cli<{ undoing: readonly { outcome: Undoing }[] }>("case", "undo", id, "--as", by)).undoing).outcome,

    plan: (person: string) => cli<Preview>("plan", person),
    who: (id: string) => cli<Who>("who", id),
    link: (account: string, other: string, because: string) =>
      cli<object>("person", "link", account, other, "--because", because),
    unlink: (account: string, other: string, because: string) =>
      cli<object>("person", "unlink", account, other, "--because", because),
    owns: (person: string) => cli<Owns>("owns", person),
    sweep: async () => (await cli<{ orphans: Orphans }>("sweep")).orphans,
    used: (credential: string) => cli<UsedAnswer>("used", credential),
    findings: async () => (await cli<{ findings: readonly Finding[] }>("finding", "list")).findings,
    /** What the graph has it calling, or calling with. */
    uses: (id: string): Promise<readonly string[]> =>
      inside(path, async ({ world }) => (await world.graph.edges(id, "uses")).map(({ to }) => to)),
    trail: (id: string): Promise<readonly Entry[]> => inside(path, ({ world }) => world.trails.entries(id)),
    auditVerify: () => cli<{ whole: boolean; trails: readonly TrailView[] }>("audit", "verify"),
    replay: (events: string | readonly unknown[]) => cli<Summary>("replay", fileOf(events)),

    ...providersOf(path),
  };
}

/** Changes the users whom a simulator has. */
const usersIn = (db: DatabaseSync) => (id: string, change: (user: SimulatedUser) => object) => {
  const read = db.prepare("SELECT world FROM simulators WHERE id = ?").get(id)?.["world"];
  const world = JSON.parse(String(read)) as { readonly users: readonly SimulatedUser[] };
  const next = { ...world, users: world.users.map((user) => ({ ...user, ...change(user) })) };
  db.prepare("UPDATE simulators SET world = ? WHERE id = ?").run(JSON.stringify(next), id);
};

interface SimulatedUser {
  readonly id?: string;
  readonly profile?: object;
  readonly userId?: string;
  readonly enterprise?: object;
  readonly keys?: readonly { readonly accessKeyId: string }[];
  readonly tags?: object;
}

const HOUR = 3_600_000;

function fileNamed(ending: string): string {
  count += 1;
  return join(home, `${count}.${ending}`);
}

/** Made once, and copied for each story. Its first instant is a Monday; from then on time goes by as it does here. */
async function prepared(): Promise<string> {
  const path = fileNamed("db");
  await onAws?.tableFor(path);
  (await openLaptop({ path, start: MONDAY, ticks: true, log: () => {}, host: hostOf(path) })).close();
  await typed(path, ["replay", fileOf(demoHistory(MONDAY))]);
  await typed(path, ["sweep"]);
  return path;
}

/** A command line as it is typed, and the one document that comes back. A fault is thrown, whatever its exit code says. */
async function typed<T>(path: string, argv: readonly string[]): Promise<T> {
  const [out, err]: [string[], string[]] = [[], []];
  await run([...argv, "--store", path, "--json"], {
    ...{ cwd: home, env: {}, stopped: () => new AbortController().signal },
    host: hostOf,
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    stdin: (async function* () {})(),
  });
  const read = JSON.parse(out.join("")) as { readonly error?: object };
  if (read.error !== undefined) throw new Error(`${argv.join(" ")}: ${JSON.stringify(read.error)}`);
  return read as T;
}

function fileOf(events: string | readonly unknown[]): string {
  if (typeof events === "string") return fileURLToPath(new URL(events, EVENTS));
  const file = fileNamed("json");
  writeFileSync(file, JSON.stringify(events));
  return file;
}

/** What no command does or shows. */
async function inside<T>(path: string, use: (laptop: Laptop) => Promise<T> | T): Promise<T> {
  const laptop = await openLaptop({ path, ticks: true, simulatedPeople: false, log: () => {}, host: hostOf(path) });
  try {
    return await use(laptop);
  } finally {
    laptop.close();
  }
}

function inFile<T>(path: string, use: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(path);
  try {
    return use(db);
  } finally {
    db.close();
  }
}

const clockOf = (path: string): Instant =>
  inFile(path, (db) =>
    later(realClock()(), Number(db.prepare("SELECT millis FROM clock_offset").get()?.["millis"]) / HOUR),
  );

/** The demo's own people do not press what they are asked now: in a story only its people speak. */
function silence(path: string, cases: readonly CaseView[]): void {
  const buttons = cases.flatMap(({ messages }) =>
    messages.flatMap(({ decision, items }) => items.map((item) => `${decision}/${item}`)),
  );
  inFile(path, (db) => {
    const press = db.prepare("INSERT OR IGNORE INTO pressed (button) VALUES (?)");
    for (const button of buttons) press.run(button);
  });
}

function questionOf(cases: readonly CaseView[], item: WindDownId): DecisionId {
  const windDowns = cases.flatMap(({ items }) => items.flatMap(({ windDown }) => windDown ?? []));
  const decision = windDowns.find(({ id }) => id === item)?.question?.decision;
  if (decision === undefined) throw new Error("nothing is asked about this now");
  return decision;
}

function only<T>([one, ...others]: readonly T[]): T {
  if (one === undefined || others.length > 0)
    throw new Error(`there should be one, not ${one ? others.length + 1 : 0}`);
  return one;
}

/** The providers' own word: what their simulators hold now. */
function providersOf(path: string) {
  const world = <K extends keyof Worlds>(id: K): Worlds[K] =>
    inFile(path, (db) =>
      JSON.parse(String(db.prepare("SELECT world FROM simulators WHERE id = ?").get(id)?.["world"])),
    );
  const keys = () => world("aws-iam").users.flatMap((user) => user.keys);
  const channelOf = (email: string) =>
    `D${world("slack")
      .users.find((user) => user.email === email)
      ?.id.slice(1)}`;
  return {
    policiesOf: (name: string): Readonly<Record<string, object>> => {
      const { users, roles = [] } = world("aws-iam");
      const found = users.find(({ userName }) => userName === name) ?? roles.find(({ roleName }) => roleName === name);
      return found?.inline ?? {};
    },
    attachedTo: (name: string): readonly string[] =>
      world("aws-iam").users.find(({ userName }) => userName === name)?.attached ?? [],
    key: (name: KeyName) => keys().find((key) => key.accessKeyId === KEYS[name].accessKeyId)?.status ?? "gone",
    grants: () => world("okta").grants.map(({ id }) => id),
    slack: (email: string) => world("slack").messages.filter(({ channel }) => channel === channelOf(email)),
    messages: () => world("slack").messages,
    jira: () => world("jira").issues,
  };
}

/** The one case there is. */
export async function onlyCase(story: Pick<Journey, "cases" | "showCase">): Promise<CaseView> {
  return story.showCase(only(await story.cases()).id);
}

/** The item of a credential, with its wind-down, which every item of these stories has. */
export function itemOf(
  { items }: CaseView,
  credential: string,
): ItemView & { readonly windDown: NonNullable<ItemView["windDown"]> } {
  const item = items.find((one) => one.credential === credential);
  if (item?.windDown === undefined) throw new Error("the case has no wind-down of this credential");
  return { ...item, windDown: item.windDown };
}

/** Of what a trail says was done, these, in its order. */
export const doneOf = (trail: readonly Entry[], names: readonly string[]): readonly string[] =>
  trail.map(({ did }) => did).filter((did) => names.includes(did));
