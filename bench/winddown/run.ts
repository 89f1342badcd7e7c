import { steps } from "@leasehold/app/steps";
import type { Estate, Provider } from "@leasehold/app/world";
import { Fault, instantOf, later, millisOf, type WindDownId } from "@leasehold/core/kernel";
import { perSecond } from "@leasehold/core/pace";
import { Signal } from "@leasehold/core/signal";
import { byUser, hours, issuedKey, madeIdentity, oktaUser, seenKey, seenUser } from "../../test/support/signals.ts";
import { type Story, story } from "../../test/support/story.ts";
import { dice } from "./dice.ts";
import { virtual } from "./time.ts";
import { type Behaviour, type Standing, twinOf } from "./twin.ts";
import { twins } from "./twins.ts";

export interface Came {
  readonly seconds: number; // from the first look to the last proof
  readonly bound: number; // seconds that the same calls would take at least
  readonly calls: number;
  readonly refused: number;
  readonly confirmed: number;
  readonly alive: number; // found still alive
  readonly liars: number; // that were
}

const EACH = 20; // credentials of one person
const WIDE = { least: 1_000_000, share: 1, most: 1_000_000 }; // the brake lets all go: its own pace is not what is measured

/** The steps of the workflow on a store in memory, before twins that count, from the instant at which silence may act. */
export async function wound(count: number, slots: number, behaviour: Behaviour, seed: number): Promise<Came> {
  const random = dice(seed);
  const time = virtual(0);
  const standing = twins.map((twin) => twinOf(twin, behaviour, time, random));
  const one = await estateOf(count, standing);
  const ids = await asked(one, count);
  const from = millisOf(one.world.now);
  Object.assign(one.world, { clock: () => instantOf(from + time.millis()), hook: time.touch });
  for (const twin of standing) twin.begin();
  const free = seats(slots);
  const times = await time.live(
    Promise.all(ids.map((id) => lived(one, id, { wait: time.wait, free, random }).then(() => time.millis()))),
  );
  const ends = await Promise.all(ids.map((id) => one.world.windDowns.get(id)));
  const verdicts = ends.map((stored) => stored?.windDown.acts.at(-1)?.verified);
  const found = await Promise.all(ids.map((id) => one.world.findings.of(id)));
  const sum = (of: (twin: Standing) => number) => standing.reduce((total, twin) => total + of(twin), 0);
  return {
    seconds: Math.max(...times) / 1_000,
    bound: Math.max(...standing.map(boundOf)),
    calls: sum(({ counted }) => counted.calls),
    refused: sum(({ counted }) => counted.refused),
    confirmed: verdicts.filter((verdict) => verdict === "confirmed").length,
    alive: found.filter((all) => all.some(({ kind }) => kind === "still alive")).length,
    liars: sum((twin) => twin.liars()),
  };
}

/** No order of the same calls is faster: the bucket's, or one credential's change, settling and proof. */
function boundOf({ counted, twin: { limit, settles } }: Standing): number {
  const calls = Math.max(0, counted.cost - limit.burst) / perSecond(limit);
  return Math.max(calls, settles + 0.4);
}

async function estateOf(count: number, standing: readonly Standing[]): Promise<Story> {
  const people = Array.from({ length: Math.ceil(count / EACH) }, (_, n) => `p${n}`);
  const keys = Array.from({ length: count }, (_, n) => keyOf(n, people[Math.floor(n / EACH)] ?? "p0"));
  const one = await story(
    people.map((name) => seenUser(name, { manager: oktaUser("grace") }, hours(-800))),
    ...keys,
  );
  one.configure({ brake: { peopleAnHour: WIDE, peopleADay: WIDE, credentialsAnHour: WIDE } });
  const others = one.world.estate.providers().filter(({ id }) => id !== "aws-iam" && id !== "okta");
  const directory = one.world.estate.provider("okta");
  const ours = standing.map(
    ({ twin, hand, reads }): Provider => ({
      ...(directory as Provider),
      ...{ id: twin.id, title: twin.id, mode: "act", hands: [hand], person: undefined },
      ...(twin.id === "okta" && {
        person: async (handle) => {
          await reads();
          return directory?.person?.(handle) ?? "unknown";
        },
      }),
    }),
  );
  const all = [...ours, ...others];
  const estate: Estate = { provider: (id) => all.find((of) => of.id === id), providers: () => all };
  Object.assign(one.world, { estate });
  return one;
}

const BY_PART = twins.flatMap(({ id, part }) => Array.from({ length: part }, () => id));

function keyOf(n: number, by: string): readonly Signal[] {
  const id = `AKIA${String(n).padStart(9, "0")}EXAMPLE`;
  const holder = `agent-${n}`;
  const at = (n * 37) % 100; // spread over the people, so that nobody has all of one provider
  const connector = BY_PART[at] ?? "aws-iam";
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
  for (let n = 0; n * EACH < count; n += 1) await one.leaves(`p${n}`);
  await one.settle();
  world.now = later(world.now, 72);
  const cases = await Promise.all((await world.cases.list("open")).items.map((id) => world.cases.get(id)));
  const ids = cases.flatMap((stored) => stored?.case.items ?? []).flatMap(({ windDown }) => windDown ?? []);
  if (ids.length !== count) throw new Error(`${ids.length} of ${count} wind-downs were opened`);
  return ids;
}

interface Around {
  readonly wait: (ms: number) => Promise<void>;
  readonly free: ReturnType<typeof seats>;
  readonly random: () => number;
}

/** One execution, as the state machine runs it: step, wait, and its own back-off where a step threw. */
async function lived({ world }: Story, id: WindDownId, { wait, free, random }: Around): Promise<void> {
  for (let failed = 0; ; ) {
    await free.take();
    const came = (await steps["wind-down-step"].run(world, { contract: 1, id }).catch((fault: unknown) => {
      if (!(fault instanceof Fault)) throw fault;
      return undefined;
    })) as { readonly do: string; readonly until?: string } | undefined;
    free.give();
    const last = (await world.windDowns.get(id))?.windDown.acts.at(-1);
    if (last?.verified !== undefined) return;
    failed = came === undefined ? failed + 1 : 0;
    if (came === undefined) await wait(random() * Math.min(60_000, 1_000 * 2 ** failed));
    else if (came.until !== undefined) await wait(millisOf(came.until) - millisOf(world.clock()));
  }
}

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
