import { type Clock, digest, millisOf } from "@leasehold/core/kernel";
import { classOf } from "../bus/index.ts";
import { limited, type Timer, TimeUp } from "../clock/index.ts";
import type { Move } from "./decide.ts";
import { TIMEOUT } from "./errors.ts";
import type { Json, Task } from "./model.ts";
import type { Execution, Frame } from "./table.ts";

/** Where tasks reach. Each may be called again with the same key after a crash or a retry. */
export interface Reach {
  readonly invoke: (name: string, payload: Json) => unknown;
  readonly putEvents: (entries: readonly Json[], key: string) => unknown;
  readonly start: (machine: string, name: string, input: Json) => unknown;
  readonly timer: Timer;
  readonly clock: Clock;
}

const LONGEST = 15 * 60_000; // of a Lambda
const CUT_OFF = "Sandbox.Timedout"; // what Lambda calls it

/** Does what the task says, in real time. Of an error, only its name comes back. */
export async function perform(
  reach: Reach,
  execution: Execution,
  frame: Frame,
  task: Task,
  move: Move & { do: "call" },
): Promise<{ readonly value: Json } | { readonly error: string }> {
  const key = `${execution.machine}/${execution.name}${frame.body.path}/${frame.body.state}.${frame.body.visit}`;
  const own = move.deadline === undefined ? LONGEST : millisOf(move.deadline) - millisOf(reach.clock());
  const short = own < LONGEST;
  try {
    const run = () => effect(reach, key, task.Resource, move.with as Given);
    const end = await limited(run, { millis: short ? Math.max(own, 1) : LONGEST, timer: reach.timer });
    return end === TimeUp ? { error: short ? TIMEOUT : CUT_OFF } : { value: end };
  } catch (error) {
    return { error: classOf(error) };
  }
}

type Given = Readonly<Record<string, Json | undefined>>;

async function effect(reach: Reach, key: string, resource: Task["Resource"], given: Given): Promise<Json> {
  switch (resource) {
    case "arn:aws:states:::lambda:invoke":
    case "arn:aws:states:::lambda:invoke.waitForTaskToken":
      return { Payload: plain(await reach.invoke(nameOf(given["FunctionName"]), given["Payload"] ?? {})) };
    case "arn:aws:states:::events:putEvents": {
      const entries = given["Entries"] as readonly Json[];
      await reach.putEvents(entries, key);
      return { FailedEntryCount: 0, Entries: entries.map((_, n) => ({ EventId: `${key}/${n}` })) };
    }
    case "arn:aws:states:::states:startExecution": {
      const name = given["Name"] ?? digest(key);
      await reach.start(nameOf(given["StateMachineArn"]), String(name), given["Input"] ?? {});
      return { ExecutionArn: `${nameOf(given["StateMachineArn"])}:${String(name)}` };
    }
  }
}

/** A function or machine is named by the placeholder that the stack fills in: `${StepFn}` is StepFn here. */
function nameOf(given: Json | undefined): string {
  return String(given).replace(/^\$\{(.+)\}$/, "$1");
}

function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}
