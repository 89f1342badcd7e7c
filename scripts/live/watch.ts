import { askAws, verbOf } from "@leasehold/connectors/kit";
import { Fault } from "@leasehold/core/kernel";

/** One call as it went to AWS: what was asked, and in one word how it ended. Never what was said. */
export interface Called {
  readonly verb: string;
  readonly ended: "fine" | "refused" | "throttled" | "lost" | "missing" | "surprise" | "barred";
  readonly error?: string; // its class, of a surprise
  readonly millis: number;
}

type Send = (command: object) => Promise<unknown>;

/** By which right AWS allows a call: nearly always it bears the call's name. docs.aws.amazon.com/service-authorization has each. */
export const rightOf = (command: object): string => OTHERWISE[verbOf(command)] ?? verbOf(command);
const OTHERWISE: Readonly<Record<string, string>> = { ListFindingsV2: "ListFindings", GetFindingV2: "GetFinding" };

/** What stands before a call: it may refuse it. */
export type Fence = (command: object) => void;

/** The connector's own way to AWS, whatever it looks like: each call goes past the fence first, and is noted afterwards. */
export function watched<Api>(api: Api, fence: Fence, calls: Called[], now: () => number): Api {
  const wrap = (of: unknown): unknown => {
    if (typeof of === "function") return (...given: readonly unknown[]) => used(of as Use, given);
    if (of === null || typeof of !== "object") return of;
    if (Object.getPrototypeOf(of) !== Object.prototype) return harmless(of);
    return Object.fromEntries(Object.entries(of).map(([name, one]) => [name, wrap(one)]));
  };
  const used = (of: Use, given: readonly unknown[]) => {
    const [first] = given;
    if (!isCommand(first)) {
      const got = of(...given);
      return typeof got === "function" ? wrap(got) : got;
    }
    return noted(of as Send, first);
  };
  const noted = async (send: Send, command: object) => {
    const verb = rightOf(command);
    try {
      fence(command);
    } catch (error) {
      calls.push({ verb, ended: "barred", millis: 0 });
      throw error;
    }
    const began = now();
    try {
      const said = await send(command);
      calls.push({ verb, ended: "fine", millis: now() - began });
      return said;
    } catch (error) {
      calls.push({ verb, ...(await endOf(error)), millis: now() - began });
      throw error;
    }
  };
  return wrap(api) as Api;
}

/** A client that is handed out as it is would go past the fence. */
function harmless(of: object): object {
  if (!("send" in of)) return of;
  throw new Fault("Unexpected", "this connector hands out a client as it is, which nothing can hold back");
}
type Use = (...given: readonly unknown[]) => unknown;

const isCommand = (of: unknown): of is object =>
  typeof of === "object" && of !== null && "input" in of && /Command$/.test(of.constructor.name);

/** As the connectors' own kit judges it. */
async function endOf(error: unknown): Promise<Pick<Called, "ended" | "error">> {
  const name = String((error as Partial<Error>).name);
  if (/NoSuchEntity|NotFound|InvalidResourceId/.test(name)) return { ended: "missing" };
  const fault: unknown = await askAws("", () => Promise.reject(error)).catch((one: unknown) => one);
  if (!(fault instanceof Fault)) return { ended: "surprise", error: /^\w{1,64}$/.test(name) ? name : "unnamed" };
  if (fault.name === "PermissionMissing") return { ended: "refused" };
  return { ended: fault.name === "Throttled" ? "throttled" : "lost" };
}

export interface Pace {
  readonly calls: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly slowest: number; // milliseconds, its own turn included
  readonly throttled: number;
  readonly lost: number; // on the way
}

export function paceOf(calls: readonly Called[], millis: number): Pace {
  const ended = (as: Called["ended"]) => calls.filter((one) => one.ended === as).length;
  const seconds = Math.max(1, Math.round(millis)) / 1_000;
  return {
    ...{ calls: calls.length, seconds: round(seconds), perSecond: round(calls.length / seconds) },
    slowest: Math.round(Math.max(0, ...calls.map((one) => one.millis))),
    ...{ throttled: ended("throttled"), lost: ended("lost") },
  };
}
const round = (n: number) => Math.round(n * 10) / 10;

/** What is declared beside what was asked. An operation and its permission have one name in every list of ours. */
export interface Permissions {
  readonly declared: number;
  readonly refused: readonly string[];
  readonly neverNeeded: readonly string[]; // there was nothing here for which they are asked
  readonly undeclared: readonly string[]; // wanted all the same, and barred: a mistake of the connector's
}

export function permissionsOf(declared: readonly string[], calls: readonly Called[]): Permissions {
  const all = [...new Set(declared)].toSorted();
  const verbs = new Set(calls.map(({ verb }) => verb));
  const refused = new Set(calls.filter(({ ended }) => ended === "refused").map(({ verb }) => verb));
  const known = new Set(all.map(operationOf));
  return {
    declared: all.length,
    refused: all.filter((one) => refused.has(operationOf(one))),
    neverNeeded: all.filter((one) => !verbs.has(operationOf(one))),
    undeclared: [...verbs].filter((verb) => !known.has(verb)).toSorted(),
  };
}
export const operationOf = (permission: string) => permission.slice(permission.indexOf(":") + 1);
