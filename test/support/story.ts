import { createHash } from "node:crypto";
import { caseStep, openCase } from "@leasehold/app/casework";
import { type Config, readConfig } from "@leasehold/app/config";
import { ingest } from "@leasehold/app/ingest";
import { advance, answer, stuck, type Told } from "@leasehold/app/winddown";
import type { Stored } from "@leasehold/app/world";
import type { Decision } from "@leasehold/core/casework";
import type { Choice } from "@leasehold/core/connector";
import {
  type CaseId,
  type CredentialId,
  type DecisionId,
  Fault,
  type Instant,
  later,
  type WindDownId,
} from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { broken } from "@leasehold/core/trail";
import { type FakeEstate, fakeEstate } from "./estate.ts";
import { type MemoryWorld, memoryWorld } from "./memory-world.ts";
import { accessKey, byUser, hours, issuedKey, madeIdentity, oktaUser, person, seenKey, seenUser } from "./signals.ts";

/** Ada leaves; Grace is her manager, Sam is security, and Last answers for what nobody answers for. */
export interface Story {
  readonly world: MemoryWorld;
  readonly estate: FakeEstate;
  readonly woken: string[];
  readonly started: string[];
  readonly key: CredentialId;
  faults: string[]; // that a step threw
  configure(more: Partial<Config>): void;
  hear(...signals: readonly Signal[]): Promise<void>;
  leaves(name?: string): Promise<CaseId>;
  /** Runs every open case and wind-down until each of them waits. */
  settle(): Promise<void>;
  /** From one wait's end to the next. */
  live(hours: number): Promise<void>;
  windDown(credential?: CredentialId): Promise<Stored>;
  decisions(): Promise<readonly Decision[]>;
  press(choice: Choice, by: string, more?: Pressed): Promise<Told>;
  whole(): Promise<readonly string[]>; // what is wrong with a trail
}
interface Pressed {
  readonly to?: string;
  readonly id?: string;
  readonly decision?: DecisionId;
  readonly item?: WindDownId;
}

const TEAM = ["grace", "sam", "last", "bob"] as const;

export const ofKey = (id?: string, holder = "deploy", by = "ada"): readonly Signal[] => [
  issuedKey(byUser(by), hours(-700), id, holder),
  madeIdentity(holder, byUser(by), hours(-701)),
  seenKey({ lastUsed: null, owner: oktaUser(by) }, hours(-1), id, holder), // maker and tag agree: certain
];

export async function story(...keys: readonly (readonly Signal[])[]): Promise<Story> {
  const estate = fakeEstate();
  const world = memoryWorld([]);
  const woken: string[] = [];
  const started: string[] = [];
  const settings = { fallback: { email: "last@example.com" }, security: ["sam@example.com"] };
  let dice = 0;
  Object.assign(world, {
    random: (bytes: number) => Uint8Array.from(createHash("sha256").update(String(dice++)).digest().subarray(0, bytes)),
    config: readConfig(settings),
    estate: {
      provider: (id: string) => estate.providers.find((one) => one.id === id),
      providers: () => estate.providers,
    },
    runs: {
      start: async (machine: string, name: string) => void started.push(`${machine} ${name}`),
      wake: async (token: string) => void woken.push(token),
    },
  });
  const hear: Story["hear"] = async (...signals) =>
    void (await ingest(world, signals, { live: false, recordedAt: world.now }));
  await world.ledger.installed(hours(-24 * 60));
  await hear(
    ...TEAM.map((name) => seenUser(name, {}, hours(-800))),
    seenUser("ada", { manager: oktaUser("grace") }, hours(-800)),
    ...(keys.length === 0 ? ofKey() : keys.flat()),
  );
  return storyOf({ world, estate, woken, started, hear, settings });
}

type Begun = Pick<Story, "world" | "estate" | "woken" | "started" | "hear"> & { readonly settings: object };

function storyOf({ world, estate, woken, started, hear, settings }: Begun): Story {
  const key = accessKey();
  const due = new Map<string, Due>();
  const moves = (id: string) => !due.get(id)?.stuck;
  const openCases = async () => (await world.cases.list("open")).items;
  const allCases = async () => [...(await openCases()), ...(await world.cases.list("closed")).items];
  const it: Story = {
    ...{ world, estate, woken, started, hear, key, faults: [] },
    configure: (more) => void Object.assign(world, { config: { ...readConfig(settings), ...more } }),
    leaves: async (name = "ada") => {
      await hear(person("left", name, world.now));
      estate.people.set(name, "departed");
      const trigger = { kind: "left", subject: oktaUser(name), occurredAt: world.now, recordedAt: world.now } as const;
      return openCase(world, { ...trigger, eventId: `left/${name}/${world.now}` });
    },
    settle: async () => {
      for (let before = -1, after = 0; before !== after; ) {
        before = after;
        forget(due, world.now);
        for (const id of (await openCases()).filter(moves))
          note(due, id, await untilItWaits(it, id, () => caseStep(world, id)));
        for (const id of (await world.windDowns.listOpen()).items.filter(moves))
          note(due, id, await untilItWaits(it, id, (role) => advance(world, id, role)));
        after = await versions(world);
      }
    },
    live: async (span) => {
      const end = later(world.now, span);
      for (;;) {
        await it.settle();
        const next = [...due.values()].map(({ until }) => until).sort()[0];
        if (next === undefined || next > end) break;
        if (next <= world.now) throw new Error("a wait that ends before it begins");
        world.now = next;
      }
      world.now = end;
      await it.settle();
    },
    windDown: async (credential = key) => {
      const node = (await world.graph.node(credential))?.value;
      const items = (await Promise.all((await allCases()).map((id) => world.cases.get(id)))).flatMap(
        (one) => one?.case.items ?? [],
      );
      const id = node?.windDown ?? items.findLast((item) => item.credential === credential)?.windDown;
      const stored = id && (await world.windDowns.get(id));
      if (stored === undefined) throw new Error("no wind-down");
      return stored;
    },
    decisions: async () =>
      (await Promise.all((await allCases()).map((id) => world.decisions.ofCase(id)))).flat().map(({ value }) => value),
    press: async (choice, by, { to, id, decision, item } = {}) => {
      const { windDown } = await it.windDown();
      const heard = {
        ...{ decision: decision ?? windDown.question?.decision ?? "dec_none", item: item ?? windDown.id, choice },
        ...{ by: { desk: "slack", user: by, email: `${by}@example.com` }, ticket: { desk: "slack", ref: {} } },
        ...{ id: id ?? `${by}/${choice}/${world.now}`, ...(to !== undefined && { to }) },
      } as const;
      return answer(world, heard);
    },
    whole: async () => {
      const wrong: string[] = [];
      for (const id of await allCases()) {
        const stored = await world.cases.get(id);
        if (stored === undefined) continue;
        wrong.push(...[broken(id, await world.trails.entries(id), stored.head)].filter((one) => one !== undefined));
        for (const { windDown } of stored.case.items) {
          const one = windDown && (await world.windDowns.get(windDown));
          if (one)
            wrong.push(
              ...[broken(one.windDown.id, await world.trails.entries(one.windDown.id), one.head)].filter(
                (bad) => bad !== undefined,
              ),
            );
        }
      }
      return wrong;
    },
  };
  return it;
}

const MOST = 60; // steps in a row: more is a loop that never waits

type Result = { readonly do: string; readonly until?: Instant; readonly stuck?: boolean };

async function untilItWaits(
  it: Story,
  id: CaseId | WindDownId,
  step: (role: "act" | "delete") => Promise<Result>,
): Promise<Result> {
  let role: "act" | "delete" = "act";
  for (let steps = 0; steps < MOST; steps += 1) {
    try {
      const next = await step(role);
      if (next.do === "wait" || next.do === "closed") return next;
      role = next.do === "delete" ? "delete" : "act";
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      it.faults.push(error.name);
      return { ...(await stuck(it.world, id, error.name)), stuck: true };
    }
  }
  throw new Error(`${id} never waits`);
}

interface Due {
  readonly until: Instant;
  readonly stuck: boolean; // until then, or until somebody wakes it
}

function forget(due: Map<string, Due>, now: Instant): void {
  for (const [id, { until, stuck: is }] of [...due]) if (!is || until <= now) due.delete(id);
}

function note(due: Map<string, Due>, id: string, { until, stuck: is = false }: Result): void {
  if (until !== undefined) due.set(id, { until, stuck: is });
}

async function versions(world: MemoryWorld): Promise<number> {
  const cases = await Promise.all((await world.cases.list("open")).items.map((id) => world.cases.get(id)));
  const windDowns = await Promise.all((await world.windDowns.listOpen()).items.map((id) => world.windDowns.get(id)));
  return [...cases, ...windDowns].reduce((sum, one) => sum + (one?.version ?? 0), 0) + 1;
}

export const didOf = async (it: Story, credential?: CredentialId): Promise<readonly string[]> => {
  const { windDown } = await it.windDown(credential);
  return (await it.world.trails.entries(windDown.id)).map(({ did }) => did);
};
export const kindsOf = async ({ world }: Story): Promise<readonly string[]> =>
  (await world.findings.list()).items.map(({ kind }) => kind);
