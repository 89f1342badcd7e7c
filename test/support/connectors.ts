import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Live, Memory, Mood, Simulator } from "@leasehold/connectors/kit";
import type { Action } from "@leasehold/core/connector";
import type { Signal } from "@leasehold/core/signal";
import type { Use } from "@leasehold/core/usage";
import { MONDAY } from "./clock.ts";

export const HOME = new URL("../../packages/connectors/src/", import.meta.url);

export const folders = readdirSync(HOME, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

export interface Fixture {
  readonly file: string;
  readonly about: string;
  readonly event: object;
  readonly signals: readonly Signal[];
  readonly uses?: readonly Use[]; // where the listener counts
}

export function fixturesOf(id: string): readonly Fixture[] {
  const home = new URL(`${id}/fixtures/`, HOME);
  const files = existsSync(home) ? readdirSync(home).sort() : [];
  return files.map((file) => ({ file, ...JSON.parse(readFileSync(new URL(file, home), "utf8")) }) as Fixture);
}

export async function simulatorOf(id: string): Promise<Simulator<unknown>> {
  const { simulator } = (await import(new URL(`${id}/simulator.ts`, HOME).href)) as { simulator: Simulator<unknown> };
  return simulator;
}

/** The simulator over its sample world; what it says to the bus is kept. */
export const running = (simulator: Simulator<unknown>) => startedFrom(simulator, simulator.sample?.world);

/** Undefined: as on the first day, when nothing was ever kept. */
export function startedFrom(simulator: Simulator<unknown>, world: unknown) {
  const said: unknown[] = [];
  let kept = structuredClone(world);
  const memory: Memory<unknown> = {
    get: () => kept,
    set: (next) => {
      kept = next;
    },
  };
  const live: Live<unknown> = simulator.live(
    memory,
    () => MONDAY,
    (event) => said.push(event),
  );
  if (live.calls === undefined) throw new Error("the simulator does not say which permissions were used");
  return { live, calls: live.calls, said, world: () => kept };
}

/** The provider changes its mood for the nth call only, counted from none. */
export function moodAt({ live, calls }: ReturnType<typeof startedFrom>, nth: number, mood: Mood): void {
  let count = 0;
  calls.push = (...permissions) => {
    live.mood = count === nth ? mood : "willing";
    count += 1;
    return Array.prototype.push.apply(calls, permissions);
  };
}

/** The action carried out once from the first state that it changes. */
export async function done(simulator: Simulator<unknown>, action: Action<unknown>) {
  const { states, start } = credentialOf(simulator, action);
  for (const state of states) {
    const world = start(state);
    const plan = await action.plan(world.api, world.target);
    if (plan.refusals.length > 0) continue;
    const receipt = await action.apply(world.api, plan);
    if (receipt.changed) return { world, plan, receipt };
  }
  throw new Error("the action changes none of the simulator's states");
}

export function credentialOf(simulator: Simulator<unknown>, { credential }: Action<unknown>) {
  const simulated = simulator.acts?.[credential];
  if (simulated === undefined) throw new Error(`the simulator has no ${credential}`);
  return simulated;
}
