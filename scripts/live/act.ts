import { askAws, verbOf } from "@leasehold/connectors/kit";
import type { Action, Connector, Target } from "@leasehold/core/connector";
import { Fault } from "@leasehold/core/kernel";
import { type Canary, drawn, make, type Send, type Where } from "./canary.ts";
import { leftOvers, takenAway } from "./clean.ts";
import { fenceOf, type Made } from "./fence.ts";
import { Stopped, type Tools } from "./io.ts";
import { ladder, type Proved, settled } from "./ladder.ts";
import { type Called, operationOf, type Pace, paceOf, watched } from "./watch.ts";

/** How a connector of that account is had: with what this run drew, and nothing yet made. */
export type Connect = (more: object) => unknown;

/** The connector's way to AWS, and ours. */
export interface Ways {
  readonly connect: Connect;
  readonly own: { send(command: object): Promise<unknown> };
}

export interface Acted {
  readonly canary: string;
  readonly steps: readonly Proved[];
  readonly failed: string | undefined;
  readonly leftBehind: readonly string[]; // of this run: what could not be taken away
  readonly leftOver: readonly string[]; // of earlier runs
  readonly refused: readonly string[]; // operations
  readonly pace: Pace;
}

/** What it reads of its own, beside what the actions declare. */
const OWN = ["ListUsers", "ListPolicies", "ListPolicyTags", "ListUserTags", "ListAccessKeys", "GetUser", "GetPolicy"];

const readsOf = ({ acts = [] }: Connector): ReadonlySet<string> =>
  new Set([...OWN, ...acts.flatMap(({ permissions }) => permissions.map(operationOf))]);

/** Down every rung and back on a canary of this run's own, which is taken away whatever happens in between. */
export async function act(connector: Connector, { connect, own }: Ways, where: Where, tools: Tools): Promise<Acted> {
  const canary = drawn(where);
  const made: Made = new Map();
  const calls: Called[] = [];
  const fence = fenceOf({ reads: readsOf(connector), made, drawn: [canary.user, canary.policyName] });
  const api = watched(connect({ quarantine: canary.policyArn, contain: true }), fence, calls, tools.now);
  const send = sendOf(watched(own, fence, calls, tools.now));
  const began = tools.now();
  const leftOver = named(await leftOvers(send, where, tools.now()));
  for (const one of leftOver) tools.say(`left over from an earlier run: ${one}; --clean takes it away`);
  tools.goOn();
  tools.say(`making ${canary.user}`);
  const steps: Proved[] = [];
  const failed = await worked(connector, { canary, made, api, send, steps }, tools).catch(reasonOf);
  if (failed !== undefined)
    tools.say(`not to its end: ${failed}; cleaning up ${canary.user} (a second Ctrl-C leaves it)`);
  const leftBehind = await takenAway(send, canary, made, tools);
  const refused = [...new Set(calls.flatMap(({ verb, ended }) => (ended === "refused" ? [verb] : [])))].toSorted();
  const pace = paceOf(calls, tools.now() - began);
  return { ...{ canary: canary.user, steps, failed, leftBehind, leftOver, refused, pace } };
}

interface Work {
  readonly canary: Canary;
  readonly made: Made;
  readonly api: unknown;
  readonly send: Send;
  readonly steps: Proved[];
}

async function worked(
  { acts = [] }: Connector,
  { canary, made, api, send, steps }: Work,
  tools: Tools,
): Promise<undefined> {
  const actions = acts as readonly Action<unknown>[];
  const [password, key, sessions] = (await make(send, canary, made, tools)) as readonly [Target, Target, Target];
  const targets = new Map([
    ["login profile", password],
    ["access key", key],
    ["temporary credentials", sessions],
  ]);
  await settled(actions, api, targets, tools);
  await ladder(actions, api, targets, steps, tools);
  return undefined;
}

/** Its own calls, past the same fence; what AWS refuses is told as the connectors tell it. */
function sendOf({ send }: Ways["own"]): Send {
  return ((command: object) => askAws(`iam:${verbOf(command)}`, () => send(command))) as Send;
}

/** In words of ours: another's text may quote what was said. */
function reasonOf(error: unknown): string {
  if (error instanceof Stopped) return "somebody wanted an end";
  if (!(error instanceof Fault)) return String((error as Partial<Error>).name);
  const { permission, step, why } = error.facts;
  return [error.message, ...[step, why, permission].filter((one) => one !== undefined)].join(": ");
}

export interface Cleaned {
  readonly gone: readonly string[];
  readonly left: readonly string[];
}

/** Takes away what earlier runs left: whatever has the name, the path and the tag of a canary. */
export async function clean(
  connector: Connector,
  { own }: Pick<Ways, "own">,
  where: Where,
  tools: Tools,
): Promise<Cleaned> {
  const calls: Called[] = [];
  const made: Made = new Map();
  const send = sendOf(watched(own, fenceOf({ reads: readsOf(connector), made }), calls, tools.now));
  const gone: string[] = [];
  const left: string[] = [];
  for (const { canary, young } of await leftOvers(send, where, tools.now())) {
    if (tools.ended()) left.push(`${canary.user} (somebody wanted an end)`);
    else if (young) left.push(`${canary.user} (younger than a quarter of an hour: another run may be at it)`);
    else {
      made.clear();
      const rest = await takenAway(send, canary, made, tools);
      if (rest.length === 0) gone.push(canary.user);
      left.push(...rest);
    }
  }
  return { gone, left };
}

const named = (all: Awaited<ReturnType<typeof leftOvers>>) => all.map(({ canary }) => canary.user);
