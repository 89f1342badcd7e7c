import { type StepName, steps } from "@leasehold/app/steps";
import type { Estate, Keyed, World } from "@leasehold/app/world";
import { inOneGo } from "@leasehold/connectors/kit";
import { badInput, type Clock } from "@leasehold/core/kernel";
import type { File } from "@leasehold/store/file";
import { functions, machines, reactions, routes, schedules } from "@leasehold/workflows";
import { type Bus, createBus, type Rule } from "../bus/index.ts";
import type { Random } from "../clock/index.ts";
import { createInterpreter, type Interpreter } from "../interpreter/index.ts";
import { createSchedule, type Schedule } from "../schedule/index.ts";
import { inLine } from "./ways-in.ts";

export interface Wired {
  readonly bus: Bus;
  readonly interpreter: Interpreter;
  readonly schedule: Schedule;
  readonly publish: World["publish"];
  readonly runs: World["runs"];
}
/** Who runs a function, by its name. */
export type RunStep = (world: World, name: StepName, input: unknown) => Promise<object>;

interface Parts {
  readonly file: File;
  readonly clock: Clock;
  readonly random: Random;
  readonly estate: Estate;
  readonly world: () => World;
  readonly run: RunStep;
}

/** Routes, reactions, schedules and machines from the tables that AWS is wired from: what differs is only who runs them. */
export function wire({ file, clock, random, estate, world, run: runs }: Parts): Wired {
  const run = (name: string, input: unknown) => runs(world(), known(name), input);
  const bus = createBus({
    ...{ file, clock, random, rules: [...outside(estate), ...inside(), ...inLine()] },
    call: (target, event) => {
      const [name = "", connector] = target.split(":");
      return run(name, connector === undefined ? (event as { detail?: unknown }).detail : { connector, event });
    },
  });
  const interpreter = createInterpreter({
    file,
    clock,
    random,
    invoke: run,
    putEvents: noEvents,
    concurrency: STEPS_AT_ONCE,
  });
  for (const [name, machine] of Object.entries(machines)) interpreter.define(name, machine);
  const entries = schedules.map(({ every, run: target }) => ({ name: target, rate: every, target, payload: {} }));
  const schedule = createSchedule({ file, clock, random, entries, call: run });
  return {
    ...{ bus, interpreter, schedule },
    publish: async (events) => {
      bus.putEvents(
        events.map((one) => ours(one, clock)),
        { keep: true },
      );
      return events.map(({ key }) => key); // what it has already it has taken before
    },
    runs: {
      start: async (machine, name, input) =>
        void interpreter.start(machine, name, input as Parameters<Interpreter["start"]>[2]),
      wake: async (token) => void interpreter.succeed(token, {}),
    },
  };
}

const ours = ({ key, event }: Keyed, clock: Clock) => ({
  ...{ version: "0", id: key, source: "leasehold", "detail-type": event.type, time: clock(), detail: event },
});

/** One rule for each pattern of each connector, named so that a dead letter says whose it is. */
function outside(estate: Estate): readonly Rule[] {
  return estate.providers().flatMap(({ id, listens }) =>
    Object.entries(listens?.patterns ?? {}).flatMap(([route, patterns]) =>
      patterns.map((pattern, n) => ({
        name: `${id}/${route}/${n}`,
        pattern,
        target: `${routes[route as keyof typeof routes]}:${id}`,
      })),
    ),
  );
}

function inside(): readonly Rule[] {
  return reactions.map(({ on, run }) => ({
    name: run,
    pattern: { source: ["leasehold"], "detail-type": [...on] },
    target: run,
  }));
}

/** The laptop runs every step itself. The calls of one wind-down belong together; those of a sweep are many and wait behind them. */
export const runStep: RunStep = (world, name, input) =>
  IN_ONE_GO.includes(name) ? inOneGo(() => steps[name].run(world, input)) : steps[name].run(world, input);

const IN_ONE_GO: readonly StepName[] = ["wind-down-step", "wind-down-delete"];

/** Nearly all of a step is waiting for a provider; so many that one provider's limit does not keep another's idle. */
export const STEPS_AT_ONCE = 32;

function known(name: string): StepName {
  if (!(name in functions && name in steps)) throw badInput("no function has this name", { function: name });
  return name as StepName;
}

function noEvents(): never {
  throw badInput("no state machine of ours puts events");
}
