import type { State } from "@leasehold/core/connector";
import { later, type WindDownId } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { broken } from "@leasehold/core/trail";
import { OFF, ON } from "../../support/estate.ts";
import { keyIs, person } from "../../support/signals.ts";
import type { Chronicle } from "./chronicle.ts";
import type { Step } from "./histories.ts";
import { brokenBy, inTheirTurn, nothingEndsUnasked, onlyTheirItems } from "./laws.ts";
import {
  brake,
  click,
  copyStore,
  hand,
  type Life,
  life,
  pass,
  pump,
  race,
  reconcileAll,
  settle,
  undoOf,
} from "./live.ts";
import { standing, told, windDownsOf } from "./model.ts";
import { CREDENTIALS } from "./town.ts";

const STATES = { on: ON, off: OFF, gone: undefined, odd: { status: "Expired" } } as const;
const LIVE = { left: "departed", held: "suspended", moved: "active", reinstated: "active" } as const;

async function take(it: Life, step: Step, meanwhile = false): Promise<void> {
  const { town } = it;
  const { world } = town;
  const credential = "credential" in step ? CREDENTIALS[step.credential]! : CREDENTIALS[0]!;
  switch (step.do) {
    case "hears": {
      const at = later(world.now, -step.late);
      const signal = person(step.change, step.of, at);
      town.seen.write({ what: "told", person: step.of, change: step.change });
      if (step.agrees) directory(it, step.of, LIVE[step.change]);
      await town.hear(step.twice ? [signal, signal] : [signal]);
      if (step.twice) await town.hear([signal]);
      break;
    }
    case "directory says":
      town.truth[step.id].set(step.of, step.state);
      town.seen.write({ what: "directory", directory: step.id, person: step.of, state: step.state });
      return;
    case "leaks":
      town.seen.write({ what: "leaked", credential: credential.id });
      await town.hear([Signal.parse({ ...keyIs("disabled", world.now, credential.name), kind: "credential.exposed" })]);
      break;
    case "clicks":
      if (!meanwhile) await settle(it); // what is to be asked by now is
      return void (await click(it, step));
    case "undo":
      return wantedBack(it, credential, step.earlier);
    case "somebody's hand":
      return handed(it, credential, step.to, step.heard);
    case "is used":
      town.seen.write({ what: "used", credential: credential.id });
      return void town.used.set(credential.id, world.now);
    case "provider":
      town.mood = step.mood;
      return;
    case "desk":
      if (step.down) town.downDesks.add(step.id);
      else town.downDesks.delete(step.id);
      return;
    case "brake":
      return brake(it, step.as);
    case "mode":
      return town.setMode(step.mode);
    case "store":
      return stored(it, step.as);
    case "bus":
      it.twice = step.twice;
      return;
    case "passes":
      if (step.killAt !== undefined) town.killAt.set("A", step.killAt);
      await pass(it, step.hours);
      town.killAt.clear();
      return;
    case "race":
      return race(it, step, async () => step.meanwhile && take(it, step.meanwhile, true));
  }
  await pump(it);
}

async function stored(it: Life, as: Extract<Step, { do: "store" }>["as"]): Promise<void> {
  if (as === "copied") copyStore(it);
  else if (as === "put back") it.copied?.putBack();
  else await reconcileAll(it);
}

async function wantedBack(it: Life, { id }: (typeof CREDENTIALS)[number], earlier = false): Promise<void> {
  const windDown = windDownsOf(it.town.seen, id).at(earlier ? -2 : -1);
  if (windDown !== undefined) await undoOf(it, windDown);
}

function directory({ town }: Life, of: string, state: (typeof LIVE)[keyof typeof LIVE]): void {
  town.truth.okta.set(of, state);
  town.seen.write({ what: "directory", directory: "okta", person: of, state });
}

async function handed(it: Life, { id, name }: (typeof CREDENTIALS)[number], to: keyof typeof STATES, heard: boolean) {
  const { town } = it;
  const after: State = STATES[to];
  hand(it, id, after);
  const said = { on: "restored", off: "disabled", gone: "deleted", odd: undefined }[to] as "restored" | undefined;
  if (heard && said) await town.hear([keyIs(said, town.world.now, name)]);
}

/** What is wrong after a step: with every effect since the last look, with every message, and with what is open. */
async function wrongs(it: Life, from: number): Promise<readonly string[]> {
  const { seen, world } = it.town;
  const since = <E extends { readonly n: number }>(all: readonly E[]) => all.filter(({ n }) => n >= from);
  const effects = since(seen.of("effect"));
  const asked = since([...seen.of("asked"), ...seen.of("edited")]);
  return [
    ...effects.flatMap((effect) =>
      brokenBy(seen, told(seen, effect)).map((one) => `${one} (${effect.verb} of ${nameOf(effect.credential)})`),
    ),
    ...asked.flatMap((one) => onlyTheirItems(seen, one)),
    ...since(seen.of("asked")).flatMap((one) => inTheirTurn(seen, one)),
    ...since(seen.of("entry")).flatMap((one) => nothingEndsUnasked(seen, one)),
    ...(await oneOpenEach(world)),
  ];
}
const nameOf = (id: string) => CREDENTIALS.find((one) => one.id === id)?.name ?? id;

/** "It is opened under a condition on the credential's item, so there is never a second one": the item names it until it ends. */
async function oneOpenEach(world: Life["town"]["world"]): Promise<readonly string[]> {
  const open = await Promise.all((await world.windDowns.listOpen()).items.map((id) => world.windDowns.get(id)));
  const all = open.flatMap((one) => one?.windDown ?? []);
  const named = await Promise.all(
    all.map(async ({ credential }) => (await world.graph.node(credential))?.value.windDown),
  );
  return all
    .filter(({ id }, n) => named[n] !== id)
    .map(({ credential }) => `oneOpenEach: the item of ${nameOf(credential)} does not name its wind-down`);
}

const QUIET = 45; // days that the world is left alone

/** Everything works again, everybody is silent, and nobody's hand is on anything. */
async function leftAlone(it: Life): Promise<void> {
  const { town } = it;
  Object.assign(town, { mood: "well" });
  town.downDesks.clear();
  town.killAt.clear();
  Object.assign(it, { twice: false, slow: 3 });
  town.setMode("act");
  await settle(it);
  for (let day = 0; day < QUIET; day += 15) {
    await reconcileAll(it);
    await brake(it, "off");
    await brake(it, "release");
    await pass(it, 15 * 24);
  }
}

/** "Every case ends at a named person"; "stuck waits: a finding with the remedy, never failed, never done." */
async function endsOrIsStuck(it: Life): Promise<readonly string[]> {
  const { world, seen } = it.town;
  const findings = (await world.findings.list()).items;
  const quiet = later(world.now, -(QUIET - 5) * 24);
  const wrong: string[] = [];
  for (const id of (await world.windDowns.listOpen()).items) {
    const moved = seen.of("entry").findLast(({ windDown, did }) => windDown === id && !QUIETLY.includes(did))?.at;
    const since = moved ?? seen.of("opened").find(({ windDown }) => windDown === id)?.at;
    if (since !== undefined && since > quiet) continue;
    if (!findings.some(({ about }) => about === id))
      wrong.push(`endsOrIsStuck: ${id} waits since ${since}, and nothing says why`);
  }
  for (const id of (await world.cases.list("open")).items) {
    const items = (await world.cases.get(id))?.case.items ?? [];
    const open = await Promise.all(items.map(({ windDown }) => windDown && world.windDowns.get(windDown)));
    if (!open.some((one) => one && !one.windDown.closed) && !findings.some(({ about }) => about === id))
      wrong.push(`endsOrIsStuck: ${id} is open, and none of its items is`);
  }
  return wrong;
}
const QUIETLY = ["execution.restarted", "credential.moved"];

/** "Each effect happens once, or is found and adopted": of every one there is an outcome that says so, and no outcome without one. */
function everyEffectIsKnown({ of }: Chronicle): readonly string[] {
  return of("effect").flatMap((effect) => {
    const intent = of("intends").findLast(({ by, n }) => by === effect.by && n < effect.n);
    const key = `${intent?.windDown}/${intent?.intent.version}/`;
    const outcome = of("entry").find(({ facts, n }) => n > effect.n && String(facts["intent"]).startsWith(key));
    const touched = of("hand").some(({ credential, n }) => credential === effect.credential && n > effect.n);
    const known = outcome && (!UNSURE.includes(outcome.did) || touched);
    return known
      ? []
      : [`everyEffectIsKnown: ${effect.verb} of ${nameOf(effect.credential)}: ${outcome?.did ?? "no outcome"}`];
  });
}

const UNSURE = ["intent.withdrawn", "outcome.unknown"];

/** "Every question has a last custodian": nobody is asked about one thing for ever. */
const MOST_ASKED = 12;
function nobodyIsAskedForEver({ of }: Chronicle, from: number): readonly string[] {
  const asked = of("entry").filter(({ did, n }) => did === "question.asked" && n >= from);
  const ids = [...new Set(asked.map(({ windDown }) => windDown))];
  return ids.flatMap((id) => {
    const times = asked.filter(({ windDown }) => windDown === id).length;
    return times > MOST_ASKED ? [`nobodyIsAskedForEver: ${id} is asked about ${times} times`] : [];
  });
}

/** "A later one is taken back": what is kept, and what was undone, stands as before our first act. */
async function keptIsAsItWas(it: Life): Promise<readonly string[]> {
  const { seen, stateOf } = it.town;
  return CREDENTIALS.flatMap(({ id, name }) => {
    const last = windDownsOf(seen, id).at(-1) as WindDownId;
    const closed = seen.of("entry").findLast(({ windDown, did }) => windDown === last && did === "wind-down.closed");
    const stands = last && standing(seen, last, seen.all.length);
    const wanted = stands?.kind === "undo" && stands.person; // and since then there was time
    if (!wanted && closed?.facts["as"] !== "kept" && closed?.facts["as"] !== "undone") return [];
    const begun = seen.of("opened").find(({ windDown }) => windDown === last)?.n ?? 0; // what an earlier one left off was off before
    const effects = seen.of("effect").filter(({ credential, n }) => credential === id && n > begun);
    const hands = seen.of("hand").some(({ credential }) => credential === id);
    if (hands || effects.length === 0 || effects.some(({ cost }) => cost !== "R1")) return [];
    const before = effects[0]?.before;
    return JSON.stringify(before) === JSON.stringify(stateOf(id))
      ? []
      : [`keptIsAsItWas: ${name} is ${JSON.stringify(stateOf(id))}`];
  });
}

async function wholeTrails({ town: { world } }: Life): Promise<readonly string[]> {
  const wrong: (string | undefined)[] = [];
  for (const status of ["open", "closed"] as const)
    for (const id of (await world.cases.list(status)).items) {
      const stored = await world.cases.get(id);
      if (stored === undefined) continue;
      wrong.push(broken(id, await world.trails.entries(id), stored.head));
    }
  return wrong.filter((one) => one !== undefined);
}

export interface Lived {
  readonly it: Life;
  readonly wrong: readonly string[];
  readonly at: number; // the step after which it was
}

/** A whole history, looked at after each of its steps, and then left alone until it ends. */
export async function lived(steps: readonly Step[]): Promise<Lived> {
  const it = await life();
  for (const [at, step] of steps.entries()) {
    const from = it.town.seen.all.length;
    await take(it, step);
    const wrong = await wrongs(it, from);
    if (wrong.length > 0) return { it, wrong, at };
  }
  const from = it.town.seen.all.length;
  await leftAlone(it);
  const { seen } = it.town;
  const wrong = [
    await wrongs(it, from),
    await endsOrIsStuck(it),
    everyEffectIsKnown(seen),
    nobodyIsAskedForEver(seen, from),
    await keptIsAsItWas(it),
    await wholeTrails(it),
  ];
  return { it, wrong: wrong.flat(), at: steps.length };
}
