import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type CaseRow, type CaseView, caseRows, caseView, type ItemView, verifyTrails } from "@leasehold/app/case-view";
import { type Owns, owns, resolve, type Who, who } from "@leasehold/app/question";
import { type Orphans, orphans, sweepEstate } from "@leasehold/app/sweep";
import { answer as say, type Told, type Undoing, undo as takeBack } from "@leasehold/app/winddown";
import type { Choice } from "@leasehold/core/connector";
import type { Finding } from "@leasehold/core/finding";
import { type AccountId, type CaseId, type DecisionId, later, type WindDownId } from "@leasehold/core/kernel";
import type { Entry } from "@leasehold/core/trail";
import { demoHistory, KEYS, type KeyName } from "@leasehold/local/demo";
import { replay as readHistory, type Summary } from "@leasehold/local/history";
import { type Laptop, openLaptop, pressOne } from "@leasehold/local/laptop";
import { afterAll, vi } from "vitest";
import { MONDAY } from "./clock.ts";

vi.setConfig({ testTimeout: 60_000 }); // weeks go by in a story

const EVENTS = new URL("../journeys/events/", import.meta.url);

/** Files live in memory where the system has room for that: what a story waits for is then its own work, and not the disk. */
const home = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "leasehold-journey-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let count = 0;
let dayOne: Promise<string> | undefined;

export interface Answering {
  readonly by: string; // e-mail
  readonly item: WindDownId;
  readonly decision?: DecisionId; // the present question's, where none is named
  readonly choice: Choice;
  readonly to?: string;
}

/** One story: a laptop of its own with the demo organisation, everything that a person at it can do, and what they would see. */
export type Journey = Awaited<ReturnType<typeof journey>>;

/** Begins on the first day: the past is imported, everything is listed, and nobody has left. */
export async function journey() {
  dayOne ??= prepared();
  const path = fileNamed();
  copyFileSync(await dayOne, path);
  const laptop = await open(path);
  afterAll(() => laptop.close());
  const { world } = laptop;
  const settled = async <T>(result: T): Promise<T> => {
    await laptop.settle();
    return result;
  };

  return {
    now: () => world.clock(),

    /** Events as if they happened now: a file of `events/`, or what the demo makes. */
    deliver: async (events: string | readonly unknown[], how: { readonly eventOnly?: boolean } = {}) =>
      settled(await laptop.deliver(eventsIn(events), how)),
    /** It happens at the provider, and no event of it comes. */
    unheard: (events: readonly unknown[]) => {
      for (const event of events) for (const { live } of laptop.simulations) live.absorb(event);
    },
    advance: (hours: number) => laptop.liveUntil(later(world.clock(), hours)),
    /** The laptop is shut for so long: time passes, and nothing of ours runs. */
    asleep: (hours: number) => wait(path, hours),

    cases: async (): Promise<readonly CaseRow[]> => json(await caseRows(world, ["open", "closed"])),
    showCase: async (id: CaseId): Promise<CaseView> => json(await caseView(world, id)),
    /** As a person at the terminal would. */
    answer: (given: Answering) => answered(laptop, given).then(settled),
    /** As a person in Slack or Jira would, with the vendor's signature on it. */
    press: (desk: "slack" | "jira", given: Answering) => pressed(laptop, desk, given).then(settled),
    undo: async (windDown: WindDownId, by: string): Promise<Undoing> =>
      settled(await takeBack(world, windDown, (await resolve(world, by)) as AccountId)),

    who: async (id: string): Promise<Who> => json(await who(world, id)),
    owns: async (person: string): Promise<Owns> => json(await owns(world, person)),
    sweep: () => swept(laptop).then(settled),
    findings: async (): Promise<readonly Finding[]> => (await world.findings.list()).items,
    trail: async (id: string): Promise<readonly Entry[]> => json(await world.trails.entries(id)),
    auditVerify: async () => json(await verifyTrails(world)),
    replay: (events: string | readonly unknown[]) => replayed(laptop, events).then(settled),

    ...providersOf(laptop),
  };
}

const open = (path: string): Promise<Laptop> =>
  openLaptop({ path, start: MONDAY, simulatedPeople: false, log: () => {} });

const fileNamed = () => {
  count += 1;
  return join(home, `${count}.db`);
};

/** Made once, and copied for each story. */
async function prepared(): Promise<string> {
  const path = fileNamed();
  const laptop = await open(path);
  await laptop.world.ledger.installed(laptop.world.clock());
  await replayed(laptop, demoHistory(MONDAY));
  await swept(laptop);
  await laptop.settle();
  laptop.close();
  return path;
}

/** What a program reads: no field that is not there. */
const json = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function eventsIn(given: string | readonly unknown[]): readonly unknown[] {
  if (typeof given !== "string") return given;
  const read: unknown = JSON.parse(readFileSync(new URL(given, EVENTS), "utf8"));
  return Array.isArray(read) ? read : [read];
}

async function replayed({ world }: Laptop, events: string | readonly unknown[]): Promise<Summary> {
  const file = join(home, `history-${fileNamed().split("/").at(-1)}.json`);
  writeFileSync(file, JSON.stringify(eventsIn(events)));
  const connectors = world.estate.providers().map(({ connector }) => connector);
  return json(await readHistory({ world, connectors, paths: [file], now: world.clock() }));
}

async function swept({ world }: Laptop): Promise<Orphans> {
  for (const { id, page } of world.estate.providers()) if (page) await sweepEstate(world, id);
  return json(await orphans(world));
}

async function answered({ world }: Laptop, { by, item, decision, choice, to }: Answering): Promise<Told> {
  const asked = decision ?? (await questionOf(world, item));
  return say(world, {
    ...{ decision: asked, item, choice, ticket: { desk: "cli", ref: {} }, id: `${asked}/${item}/${by}/${choice}` },
    by: { desk: "cli", user: by, email: by },
    ...(to !== undefined && { to }),
  });
}

async function pressed(laptop: Laptop, desk: string, given: Answering): Promise<Told> {
  const { by: user, item, choice, to } = given;
  const { world, simulations } = laptop;
  const decision = given.decision ?? (await questionOf(world, item));
  const press = { at: world.clock(), desk, user, decision, item, choice, ...(to !== undefined && { to }) };
  const [told] = await pressOne(world, simulations, press);
  if (told === undefined) throw new Error("the desk heard nothing");
  return told;
}

async function questionOf({ windDowns }: Laptop["world"], item: WindDownId): Promise<DecisionId> {
  const decision = (await windDowns.get(item))?.windDown.question?.decision;
  if (decision === undefined) throw new Error("nothing is asked about this now");
  return decision;
}

interface Worlds {
  readonly "aws-iam": {
    readonly users: readonly { readonly keys: readonly { readonly accessKeyId: string; readonly status: string }[] }[];
  };
  readonly okta: { readonly grants: readonly { readonly id: string }[] };
  readonly slack: {
    readonly users: readonly { readonly id: string; readonly email: string }[];
    readonly messages: readonly { readonly channel: string; readonly text: string; readonly blocks: readonly object[] }[];
  };
  readonly jira: {
    readonly issues: readonly {
      readonly key: string;
      readonly parent?: string;
      readonly summary: string;
      readonly description: unknown;
      readonly status: string;
      readonly assignee?: string;
    }[];
  };
}

/** The providers' own word: what their simulators hold now. */
function providersOf({ simulations }: Laptop) {
  const world = <K extends keyof Worlds>(id: K) => simulations.find((one) => one.id === id)?.memory.get() as Worlds[K];
  const keys = () => world("aws-iam").users.flatMap((user) => user.keys);
  const channelOf = (email: string) => `D${world("slack").users.find((user) => user.email === email)?.id.slice(1)}`;
  return {
    key: (name: KeyName) => keys().find((key) => key.accessKeyId === KEYS[name].accessKeyId)?.status ?? "gone",
    grants: () => world("okta").grants.map(({ id }) => id),
    slack: (email: string) => world("slack").messages.filter(({ channel }) => channel === channelOf(email)),
    messages: () => world("slack").messages,
    jira: () => world("jira").issues,
  };
}

function wait(path: string, hours: number): void {
  const db = new DatabaseSync(path);
  db.prepare("UPDATE clock_offset SET millis = millis + ?").run(hours * 3_600_000);
  db.close();
}

/** The one case there is. */
export async function onlyCase(story: Pick<Journey, "cases" | "showCase">): Promise<CaseView> {
  const [first, ...others] = await story.cases();
  if (first === undefined || others.length > 0) throw new Error(`there should be one case, not ${others.length + (first ? 1 : 0)}`);
  return story.showCase(first.id);
}

/** The item of a credential, with its wind-down, which every item of these stories has. */
export function itemOf({ items }: CaseView, credential: string): ItemView & { readonly windDown: NonNullable<ItemView["windDown"]> } {
  const item = items.find((one) => one.credential === credential);
  if (item?.windDown === undefined) throw new Error("the case has no wind-down of this credential");
  return { ...item, windDown: item.windDown };
}

type Blocks = { readonly blocks: readonly object[] } | undefined;
interface Actions {
  readonly block_id: string;
  readonly elements?: readonly { readonly action_id: string }[];
}

/** What can be pressed in a message: each item with its answers. */
export const buttonsIn = (message: Blocks) =>
  ((message?.blocks ?? []) as readonly Actions[]).flatMap(({ block_id, elements }) =>
    elements === undefined
      ? []
      : [
          {
            item: block_id.split(":").at(-1),
            choices: elements.map(({ action_id }) => action_id.replace("leasehold.", "")),
          },
        ],
  );
