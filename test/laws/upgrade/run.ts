import { createHash } from "node:crypto";
import { type StepName, steps } from "@leasehold/app/steps";
import type { DomainEvent } from "@leasehold/app/world";
import { Fault } from "@leasehold/core/kernel";
import { createInterpreter, type Described, type Interpreter, type Json } from "@leasehold/local/interpreter";
import { openFile } from "@leasehold/store/file";
import { type Machine, reactions } from "@leasehold/workflows";
import { type Story, story } from "../../support/story.ts";

type Machines = Readonly<Record<string, Machine>>;

/** Ada leaves, and everything goes wrong once that a machine has a state for; then a yes to each question, to the deletion of her key. */
export interface Run {
  readonly it: Story;
  readonly calls: readonly { readonly name: StepName; readonly payload: Json }[];
  readonly refused: readonly string[]; // faults of the functions, but those that were meant
  /** As a deploy does: what begins from now on runs on these. */
  define(machines: Machines): void;
  /** Where every execution stands now, as machine/state/phase. */
  at(): readonly string[];
  /** One thing that is due: a move of an execution, or a reaction to what was said. False at the end of the story. */
  step(): Promise<boolean>;
  ended(): readonly (readonly [string, Described["status"]])[];
}

/** Each fails once for each time that it is named: a machine's step, then what says why it is stuck. */
const MISHAPS: readonly StepName[] = [
  ...(["case-step", "case-stuck", "case-step"] as const),
  ...(["wind-down-step", "wind-down-stuck", "wind-down-delete"] as const),
];
const PRESSING = ["grace", "sam"];

export async function beginning(machines: Machines): Promise<Run> {
  const it = await story();
  const begun: (readonly [string, string])[] = [];
  const said: DomainEvent[] = [];
  const mishaps = [...MISHAPS];
  const calls: { name: StepName; payload: Json }[] = [];
  const refused: string[] = [];
  const answered = new Set<string>();
  const invoke = async (name: string, payload: Json) => {
    const of = name as StepName;
    if (mishaps.includes(of)) {
      mishaps.splice(mishaps.indexOf(of), 1);
      throw new Fault("PermissionMissing", "once, and only to see what becomes of it");
    }
    calls.push({ name: of, payload });
    return steps[of].run(it.world, payload).catch((error: Error) => {
      refused.push(`${name}: ${error.name}`);
      throw error;
    });
  };
  const interpreter = interpreterOf(it, invoke);
  const define = (all: Machines) => {
    for (const [name, machine] of Object.entries(all)) interpreter.define(name, machine);
  };
  define(machines);
  Object.assign(it.world, {
    publish: async (events: readonly { key: string; event: DomainEvent }[]) => {
      said.push(...events.map(({ event }) => event));
      return events.map(({ key }) => key);
    },
    runs: {
      start: async (machine: string, name: string, input: object) => {
        if (interpreter.start(machine, name, input as Json).begun) begun.push([machine, name]);
      },
      wake: async (token: string) => void interpreter.succeed(token, {}),
    },
  });
  await it.leaves();
  await steps["announce-pending"].run(it.world, {});
  const described = () => begun.flatMap(([machine, name]) => interpreter.describe(name, machine) ?? []);
  const at = () => described().flatMap((one) => one.at.map(({ state, phase }) => `${one.machine}/${state}/${phase}`));
  const next = async () => {
    const heard = said.shift();
    if (heard !== undefined) return react(it, heard);
    return interpreter.step();
  };
  return {
    ...{ it, calls, refused, define, at },
    ended: () => described().map(({ machine, status }) => [machine, status] as const),
    step: async () => (await next()) || (await pressed(it, answered)) || onwards(it, interpreter),
  };
}

function interpreterOf({ world }: Story, invoke: (name: string, payload: Json) => Promise<unknown>): Interpreter {
  let n = 0;
  return createInterpreter({
    ...{ file: openFile(":memory:"), clock: world.clock, invoke },
    random: (bytes) => createHash("shake256", { outputLength: bytes }).update(String(n++)).digest(),
    putEvents: () => [],
    timer: () => () => {}, // nothing here takes real time
  });
}

async function react({ world }: Story, event: DomainEvent): Promise<boolean> {
  const rules = reactions.filter(({ on }) => (on as readonly string[]).includes(event.type));
  for (const { run } of rules) await steps[run].run(world, event);
  return true;
}

/** Whoever is asked says yes, once to each question, after three days: a yes to a deletion must not lapse before the grace ends. */
async function pressed(it: Story, answered: Set<string>): Promise<boolean> {
  const { windDown } = await it.windDown().catch(() => ({ windDown: undefined }));
  const token = windDown?.question?.decision && `${windDown.rung}/${windDown.question.decision}`;
  if (token === undefined || answered.has(token) || windDown?.closed !== undefined) return false;
  answered.add(token);
  if (windDown?.rung === "disabled") it.world.pass(72);
  for (const by of PRESSING) await it.press("retire", by);
  return true;
}

function onwards({ world }: Story, interpreter: Interpreter): boolean {
  const due = interpreter.nextDue();
  if (due === undefined) return false;
  if (due > world.now) world.now = due;
  return true;
}
