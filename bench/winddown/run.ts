import { brakeView, type Releaser, releaseHeld } from "@leasehold/app/brake";
import { steps } from "@leasehold/app/steps";
import type { Estate, World } from "@leasehold/app/world";
import { Limits } from "@leasehold/core/brake";
import { type CaseId, Fault, instantOf, later, millisOf, type WindDownId } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import type { Act } from "@leasehold/core/winddown";
import { runStep } from "@leasehold/local/laptop";
import { byUser, hours, issuedKey, madeIdentity, oktaUser, seenKey, seenUser } from "../../test/support/signals.ts";
import { type Story, story } from "../../test/support/story.ts";
import { boundOf, type Load } from "./bound.ts";
import { dice } from "./dice.ts";
import { virtual } from "./time.ts";
import { type Behaviour, type Standing, type Twin, twinOf } from "./twin.ts";
import { twins } from "./twins.ts";

export interface Came {
  readonly seconds: number; // from the first look to the last proof
  readonly bound: number; // seconds that nobody goes below
  readonly calls: number;
  readonly refused: number;
  readonly confirmed: number;
  readonly alive: number; // found still alive
  readonly liars: number; // that were
  readonly believed: number; // of those, called confirmed
  readonly paged: number; // of those, told to whoever is on call
}

const EACH = 20; // credentials of one person
const UNPACED = { least: 1_000_000, share: 1, most: 1_000_000 }; // no release lets more go in an hour on silence: only this does

/** The steps of the workflow on a store in memory, before twins that count, from the instant at which silence may act. */
export async function wound(count: number, slots: number, behaviour: Behaviour, seed: number): Promise<Came> {
  const random = dice(seed);
  const time = virtual(0);
  const standing = twins.map((twin) => twinOf(twin, behaviour, time, random));
  const one = await estateOf(count, standing);
  const ids = await asked(one, count);
  const from = millisOf(one.world.now);
  const pause = (ms: number) => time.wait(ms);
  Object.assign(one.world, { clock: () => instantOf(from + time.millis()), hook: time.touch, pause });
  for (const twin of standing) twin.begin();
  const free = seats(slots);
  const ends = await time.live(Promise.all(ids.map((id) => lived(one, id, { wait: time.wait, free, random }))));
  const found = await Promise.all(ids.map((id) => one.world.findings.of(id)));
  const sum = (of: (twin: Standing) => number) => standing.reduce((total, twin) => total + of(twin), 0);
  const confirmed = ends.filter(({ verified }) => verified === "confirmed");
  const liars = new Set(standing.flatMap((twin) => twin.liars()));
  return {
    seconds: (Math.max(...ends.map(({ proof }) => millisOf(proof?.at ?? one.world.clock()))) - from) / 1_000,
    bound: boundOf(standing.map(({ twin }) => loadOf(twin, count))),
    calls: sum(({ counted }) => counted.calls),
    refused: sum(({ counted }) => counted.refused),
    confirmed: confirmed.length,
    alive: found.filter((all) => all.some(({ kind }) => kind === "still alive")).length,
    liars: liars.size,
    believed: confirmed.filter(({ receipt }) => liars.has(receipt.target.credential)).length,
    paged: [...one.world.said.values()].filter(
      (event) => event.type === "finding.raised" && event.about.startsWith("wdc_"), // the brake's trip is another page
    ).length,
  };
}

const loadOf = ({ id, limit, settles }: Twin, count: number): Load => ({
  ...{ limit, settles },
  credentials: Array.from({ length: count }, (_, n) => connectorOf(n)).filter((one) => one === id).length,
  people: id === DIRECTORY ? Math.ceil(count / EACH) : 0,
});

async function estateOf(count: number, standing: readonly Standing[]): Promise<Story> {
  const people = Array.from({ length: Math.ceil(count / EACH) }, (_, n) => `p${n}`);
  const keys = Array.from({ length: count }, (_, n) => keyOf(n, people[Math.floor(n / EACH)] ?? "p0"));
  const one = await story(
    people.map((name) => seenUser(name, { manager: oktaUser("grace") }, hours(-800))),
    ...keys,
  );
  one.configure({ brake: Limits.parse({ credentialsAnHour: UNPACED }) });
  const others = one.world.estate.providers().filter(({ id }) => id !== "aws-iam" && id !== DIRECTORY);
  const directory = one.world.estate.provider(DIRECTORY)?.person;
  const ours = standing.map(({ twin, provider }) => provider(twin.id === DIRECTORY ? directory : undefined));
  const all = [...ours, ...others];
  const estate: Estate = { provider: (id) => all.find((of) => of.id === id), providers: () => all };
  Object.assign(one.world, { estate });
  return one;
}

const DIRECTORY = "okta";
const BY_PART = twins.flatMap(({ id, part }) => Array.from({ length: part }, () => id));

/** Spread over the people, so that nobody has all of one provider. */
const connectorOf = (n: number): string => BY_PART[(n * 37) % 100] ?? "aws-iam";

function keyOf(n: number, by: string): readonly Signal[] {
  const id = `AKIA${String(n).padStart(9, "0")}EXAMPLE`;
  const holder = `agent-${n}`;
  const connector = connectorOf(n);
  const signals = [
    issuedKey(byUser(by), hours(-700), id, holder),
    madeIdentity(holder, byUser(by), hours(-701)),
    seenKey({ lastUsed: null, owner: oktaUser(by) }, hours(-1), id, holder),
  ];
  return signals.map((signal) => Signal.parse({ ...signal, source: { ...signal.source, connector } }));
}

/** Everybody has left and was asked, nobody answered, and now silence may act: in the order of the plans, widest reach first. */
async function asked(one: Story, count: number): Promise<readonly WindDownId[]> {
  const { world } = one;
  const cases: CaseId[] = [];
  for (let n = 0; n * EACH < count; n += 1) cases.push(await one.leaves(`p${n}`));
  for (const id of cases) await untilItWaits(world, "case-step", id); // the brake holds some
  await released(one);
  for (const id of cases) await untilItWaits(world, "case-step", id);
  const all = await Promise.all(cases.map((id) => world.cases.get(id)));
  const ids = all.flatMap((stored) => stored?.case.items ?? []).flatMap(({ windDown }) => windDown ?? []);
  for (const id of ids) await untilItWaits(world, "wind-down-step", id);
  for (const id of cases) await untilItWaits(world, "case-step", id);
  const ends = await Promise.all(ids.map((id) => world.windDowns.get(id)));
  const silent = ends.filter((stored) => stored?.windDown.question?.ifSilent === "goes down");
  if (silent.length !== count) throw new Error(`${silent.length} of ${count} were asked about`);
  world.now = later(world.now, 72);
  return ids;
}

async function untilItWaits(world: World, name: "case-step" | "wind-down-step", id: CaseId | WindDownId) {
  const step = () => steps[name].run(world, { contract: 1, id }) as Promise<{ readonly do: string }>;
  while ((await step()).do === "again");
}

/** So many at once trip the brake: people with names let go on all whom it holds. */
async function released({ world }: Story): Promise<void> {
  const { tripped } = await brakeView(world);
  if (tripped === undefined) return;
  const by = (name: string): Releaser => ({
    ...{ account: oktaUser(name), accounts: [oktaUser(name)], person: `per_${name}` },
  });
  for (const name of ["sam", "bob"]) {
    const { outcome, covers } = await releaseHeld(world, tripped.id, by(name), "the office closes");
    if (outcome === "released" && covers === tripped.people) return;
  }
  throw new Error("the brake was not released");
}

interface Around {
  readonly wait: (ms: number) => Promise<void>;
  readonly free: ReturnType<typeof seats>;
  readonly random: () => number;
}

/** One execution, as the state machine runs it: step, wait in whole seconds, and its own back-off where a step threw. */
async function lived({ world }: Story, id: WindDownId, { wait, free, random }: Around): Promise<Act> {
  const until = later(world.clock(), 24);
  for (let failed = 0; ; ) {
    await free.take();
    const came = (await runStep(world, "wind-down-step", { contract: 1, id }).catch((fault: unknown) => {
      if (!(fault instanceof Fault)) throw fault;
      return undefined;
    })) as { readonly do: string; readonly until?: string } | undefined;
    free.give();
    const { acts = [], lost = [] } = (await world.windDowns.get(id))?.windDown ?? {};
    const last = acts.at(-1) ?? lost.at(-1)?.act; // what did not hold is no act that stands
    if (last?.verified !== undefined) return last;
    if (world.clock() > until) throw new Error(`${id} was not read back within a day`);
    failed = came === undefined ? failed + 1 : 0;
    if (came === undefined) await wait(random() * Math.min(60_000, 1_000 * 2 ** failed));
    else if (came.until !== undefined) await wait(1_000 * secondsUntil(millisOf(came.until) - millisOf(world.clock())));
  }
}

const secondsUntil = (millis: number) => Math.max(1, Math.ceil(millis / 1_000));

/** How many steps run at once; who came first goes first. */
function seats(count: number) {
  let left = count;
  const line: (() => void)[] = [];
  return {
    take: async () => {
      if (left > 0) left -= 1;
      else await new Promise<void>((go) => void line.push(go));
    },
    give: () => {
      const next = line.shift();
      if (next === undefined) left += 1;
      else next();
    },
  };
}
