import { brakeOn, letGo, releaseHeld } from "@leasehold/app/brake";
import { caseStep } from "@leasehold/app/casework";
import { reconcile } from "@leasehold/app/restore";
import { type StepName, steps } from "@leasehold/app/steps";
import { advance, answer, stuck, type Told, undo, wait } from "@leasehold/app/winddown";
import type { DomainEvent, World } from "@leasehold/app/world";
import type { Choice, Message, State } from "@leasehold/core/connector";
import { type CaseId, type CredentialId, Fault, type Instant, later, type WindDownId } from "@leasehold/core/kernel";
import { reactions } from "@leasehold/workflows";
import { ON } from "../../support/estate.ts";
import { oktaUser } from "../../support/signals.ts";
import type { Happened } from "./chronicle.ts";
import { isSame, windDownsOf } from "./model.ts";
import { CREDENTIALS, type Town, town } from "./town.ts";
import { Killed } from "./turns.ts";

type Subject = WindDownId | CaseId;

/** The engine: executions by their names, what each of them waits for, and a bus that may say a thing twice. */
export interface Life {
  readonly town: Town;
  readonly due: Map<Subject, Instant>;
  twice: boolean; // the bus
  clicks: number;
  slow: number; // hours: an engine that looks no oftener
  readonly names: Set<string>;
  copied: { readonly putBack: () => void; readonly states: ReadonlyMap<CredentialId, string> } | undefined;
}

export async function life(): Promise<Life> {
  const names = new Set<string>();
  const due = new Map<Subject, Instant>();
  const started = (_machine: string, name: string, id: string) => {
    if (names.has(name)) return;
    names.add(name);
    due.set(id as Subject, it.town.world.now);
  };
  const woken = (token: string) => void (due.has(token as Subject) && due.set(token as Subject, it.town.world.now));
  const it: Life = {
    ...{ town: await town({ started, woken }), due, names, twice: false, clicks: 0, slow: 0, copied: undefined },
  };
  return it;
}

const statesOf = ({ stateOf }: Town) =>
  new Map(CREDENTIALS.map(({ id }) => [id, JSON.stringify(stateOf(id) ?? null)] as const));

/** The store with all that the engine knows, as one file: put back, both are as old as the copy. */
export function copyStore(it: Life): void {
  const { town: here, due, names } = it;
  const [back, states, waits, known, bus] = [here.copy(), statesOf(here), [...due], [...names], [...here.bus]];
  const putBack = () => {
    back();
    due.clear();
    for (const [id, until] of waits) due.set(id, until);
    names.clear();
    for (const name of known) names.add(name);
    here.bus.splice(0, here.bus.length, ...bus);
    here.dirty = true;
  };
  it.copied = { putBack, states };
}

const PAGES = 5;

/** A person compares all of it with the providers, as often as it takes. */
export async function reconcileAll(it: Life): Promise<void> {
  const { seen, stateOf } = it.town;
  const world = it.town.as("person sam");
  for (let n = 0; n < PAGES; n += 1) {
    const { outcome } = await reconcile(world, { by: oktaUser("sam"), release: true, despite: false });
    if (outcome === "goes on") continue;
    if (outcome !== "released" && outcome !== "a hand stays") return;
    const lost = new Set(seen.of("hand").flatMap((one) => (one.lost ? [one.credential] : [])));
    const isOff = (id: CredentialId) => stateOf(id) !== undefined && !isSame(stateOf(id), ON);
    const isNews = (id: CredentialId) => it.copied?.states.get(id) !== JSON.stringify(stateOf(id) ?? null);
    const differs = [...lost].filter((id) => isOff(id) && isNews(id) && windDownsOf(seen, id).length > 0);
    return seen.write({ what: "reconciled", differs });
  }
}

/** What was said reaches whoever listens: where one of them fails it is said to them again. */
export async function pump(it: Life, runner = "bus"): Promise<void> {
  const { town: here } = it;
  await announce(it, "sweeper");
  for (let tries = 0; here.bus.length > 0 && tries < 400; tries += 1) {
    const event = here.bus.shift()!;
    if (!(await heard(it, event, runner))) here.bus.push(event);
  }
  await announce(it, "sweeper");
  if (here.bus.length > 0 && runner === "bus") await pump(it, "bus again");
}

/** False: it must be said again. */
async function heard(it: Life, event: DomainEvent, runner: string): Promise<boolean> {
  const { town: here, twice } = it;
  const run = reactions.find(({ on }) => (on as readonly string[]).includes(event.type))?.run;
  if (run === undefined || run === "page") return true;
  try {
    for (let n = twice ? 2 : 1; n > 0; n -= 1) await steps[run].run(here.as(runner), event);
    return true;
  } catch (error) {
    if (error instanceof Fault) return error.remedy !== "retry"; // a dead letter
    if (!(error instanceof Killed)) throw error;
    here.killAt.delete(runner);
    return false;
  }
}

async function announce({ town: here }: Life, runner: string): Promise<void> {
  if (!here.dirty) return;
  here.dirty = false;
  try {
    await steps["announce-pending"].run(here.as(runner), {});
  } catch (error) {
    here.dirty = true;
    throw error;
  }
}

const MOST = 60; // steps in a row: more is a loop that never waits
const AGAIN = 1 / 600; // hours: an engine tries again what was killed

/** One execution until it waits: as its state machine runs it. */
async function untilItWaits(it: Life, id: Subject, runner: string): Promise<void> {
  const { town: here, due } = it;
  const world = here.as(runner);
  let role: "act" | "delete" = "act";
  try {
    for (let n = 0; n < MOST; n += 1) {
      here.seen.write({ what: "begins", by: runner });
      const next = await stepped(here, world, id, role);
      await announce(it, runner);
      if (next.do === "closed") return void due.delete(id);
      role = next.do === "delete" ? "delete" : "act";
      if (next.do !== "wait") continue;
      const soonest = later(here.world.now, it.slow);
      const until = next.until > soonest ? next.until : soonest;
      due.set(id, until);
      return await wait(world, { subject: id, version: next.version, until, token: id, seen: next.seen });
    }
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    here.killAt.delete(runner);
    due.set(id, later(here.world.now, AGAIN));
    return;
  }
  throw new Error(`${id} never waits`);
}

type Next =
  | { readonly do: "again" | "delete" | "closed" }
  | { readonly do: "wait"; readonly until: Instant; readonly version: number; readonly seen?: number };

async function stepped(here: Town, world: World, id: Subject, role: "act" | "delete"): Promise<Next> {
  try {
    return id.startsWith("cas_") ? await caseStep(world, id as CaseId) : await advance(world, id as WindDownId, role);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.name === "Conflict" || error.name === "StalePlan") return { do: "again" }; // retried at once
    here.seen.write({ what: "stuck", subject: id, fault: error.name });
    return (await stuck(world, id, error.name)) as Next;
  }
}

const dueNow = ({ due, town: { world } }: Life): readonly Subject[] =>
  [...due].filter(([, until]) => until <= world.now).map(([id]) => id);

/** Everything that is due now, until all of it waits. */
export async function settle(it: Life, runner = "A"): Promise<void> {
  await pump(it);
  for (let n = 0; n < MOST; n += 1) {
    const ids = dueNow(it);
    if (ids.length === 0) return;
    for (const id of ids) await untilItWaits(it, id, runner);
    await pump(it);
  }
  throw new Error(`the executions wake each other for ever: ${dueNow(it)}`);
}

/** From one wait's end to the next; once a day what runs daily, and every hour what is overdue. */
export async function pass(it: Life, hours: number): Promise<void> {
  const { world } = it.town;
  const end = later(world.now, hours);
  for (;;) {
    await settle(it);
    const next = [...it.due.values()].sort()[0];
    if (next === undefined || next > end) break;
    if (next > world.now) world.now = next;
  }
  world.now = end;
  for (const run of ["restart-overdue", "watch-use", "review-unresolved"] as const) await scheduled(it, run);
  await settle(it);
}

async function scheduled(it: Life, run: StepName): Promise<void> {
  try {
    await steps[run].run(it.town.as("scheduler"), {});
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
}

/** Of whoever comes to it first: it has written what it is about to do, it is at the provider, it has done it. */
export type Moment = keyof typeof MOMENTS;
const MOMENTS = { intent: "intends", call: "calls", effect: "effect" } as const;

/** Two executors at once on whatever is due next, in any order of their calls; somebody may do something meanwhile. */
export async function race(
  it: Life,
  how: {
    readonly order: readonly number[];
    readonly sleeps: readonly [call: number, minutes: number];
    readonly kill: number | undefined;
    readonly after?: number | undefined; // turns, before whoever does something meanwhile begins
    readonly atOnce?: boolean | undefined; // whatever is due now, with what was said a moment ago
    readonly third?: boolean | undefined; // executor, who begins and ends at that moment
    readonly at?: Moment | undefined; // when somebody does something meanwhile, and when whoever sleeps falls asleep
  },
  meanwhile: () => Promise<void>,
): Promise<void> {
  const { world, killAt, turns, seen } = it.town;
  await (how.atOnce ? pump(it) : settle(it));
  const next = [...it.due.values()].sort()[0];
  if (next === undefined) return meanwhile();
  if (next > world.now) world.now = next;
  const ids = dueNow(it);
  let calls = 0;
  let met = how.at === undefined;
  const from = seen.all.length;
  const pick = () => how.order[calls++ % how.order.length] ?? 0;
  const sleep = () => {
    world.now = later(world.now, how.sleeps[1] / 60);
  };
  const between = async (atRest: boolean) => {
    if (how.at === undefined) return calls === how.sleeps[0] && atRest ? sleep() : undefined;
    if (met || (seen.of(MOMENTS[how.at]).at(-1)?.n ?? -1) < from) return;
    met = true;
    if (atRest) sleep();
    await meanwhile();
    if (how.third) await all("C")();
  };
  if (how.kill !== undefined) killAt.set("B", how.kill);
  const all = (runner: string) => async () => {
    for (const id of ids) await untilItWaits(it, id, runner);
  };
  const late = async () => {
    for (let n = how.after ?? 0; n > 0; n -= 1) await turns.turn(true);
    await meanwhile();
  };
  await turns.race([all("A"), all("B"), ...(how.at === undefined ? [late] : [])], pick, between);
  if (!met) await meanwhile();
  killAt.clear();
  for (const id of ids) if (it.due.has(id)) it.due.set(id, world.now); // two were in it: who waits for what is asked anew
  await settle(it);
}

export interface Click {
  readonly about?: number | undefined; // a credential: the newest message that shows it, and in it its item
  readonly message: number; // from the newest
  readonly item: number;
  readonly by: string; // "to": whoever it was sent to
  readonly choice: Choice;
  readonly to: string;
  readonly again: boolean;
}

export async function click(it: Life, what: Click): Promise<Told | undefined> {
  const { by, choice, to, again } = what;
  const { seen } = it.town;
  const { shown, about } = shownTo(it, what);
  if (shown === undefined || about === undefined) return undefined;
  const speaker = by === "to" ? (shown.to.email?.split("@")[0] ?? "nobody") : by;
  const heard = {
    ...{ decision: shown.key as `dec_${string}`, item: about.item, choice },
    ...{ by: { desk: "slack", user: speaker, email: `${speaker}@example.com` }, ticket: { desk: "slack", ref: {} } },
    ...(choice === "transfer" && { to: `${to}@example.com` }),
  } as const;
  let told: Told | undefined;
  for (let n = again ? 2 : 1; n > 0; n -= 1) {
    const before = seen.all.length;
    const answering = it.town.as(`person ${speaker}`);
    seen.write({ what: "begins", by: `person ${speaker}` });
    const now = await answer(answering, { ...heard, id: `${it.clicks}` }).catch(asFault);
    if (now?.outcome === "recorded" && told?.outcome !== "recorded") mustBeStored(seen.all.slice(before), choice);
    told ??= now;
  }
  it.clicks += 1;
  await announce(it, "sweeper");
  return told;
}

function mustBeStored(since: readonly Happened[], choice: Choice): void {
  const did = choice === "migrate" ? "wish.given" : "answer.given";
  if (!since.some((one) => one.what === "entry" && one.did === did))
    throw new Error("recorded, and nothing was stored");
}

/** The message that somebody has before them, and its item. */
function shownTo({ town: { estate, seen } }: Life, { about, message, item }: Click) {
  const known = new Map<string, Message>();
  for (const one of [...estate.messages.values()].flat()) known.set(one.key, one);
  const id = about === undefined ? undefined : windDownsOf(seen, CREDENTIALS[about]!.id).at(-1);
  const isIts = (one: Message["items"][number]) => about === undefined || one.item === id;
  const all = [...known.values()].filter(({ items }) => items.some(isIts));
  const shown = all.at(-1 - (message % Math.max(1, all.length)));
  const items = shown?.items.filter(isIts) ?? [];
  return { shown, about: items[item % Math.max(1, items.length)] };
}

function asFault(error: unknown): undefined {
  if (error instanceof Fault) return undefined;
  throw error;
}

export async function undoOf(it: Life, windDown: WindDownId): Promise<void> {
  await undo(it.town.as("person sam"), windDown, oktaUser("sam")).catch(asFault);
  await announce(it, "sweeper");
}

export async function brake(it: Life, as: "on" | "off" | "release"): Promise<void> {
  const { world, seen } = it.town;
  if (as === "on") {
    const { outcome } = await brakeOn(world, oktaUser("sam"), "a look");
    if (outcome === "on") seen.write({ what: "brake", as: "on" });
  } else if (as === "off") {
    const told = await letGo(world, oktaUser("sam")).catch(asFault); // refused where an older store was put back
    if (told?.outcome === "released") seen.write({ what: "brake", as: "off" });
  } else
    for (const { id } of (await world.ledger.brake()).value.holds ?? []) {
      const by = { account: oktaUser("sam"), accounts: [oktaUser("sam")], person: "per_sam" } as const;
      const told = await releaseHeld(world, id, by as never, "looked at").catch(asFault);
      if (told?.outcome !== "released" || told.until === undefined) continue;
      seen.write({ what: "brake", as: "released", of: id, covers: told.covers, until: told.until });
    }
}

export function hand(it: Life, credential: Parameters<Town["stateOf"]>[0], after: State): void {
  const { estate, seen, stateOf } = it.town;
  seen.write({ what: "hand", credential, before: stateOf(credential), after });
  estate.states.set(credential, after);
}
