import { callerOf, inputOf, mayCall, type Recognised, type Table, whyNot } from "@leasehold/app/calls";
import type { World } from "@leasehold/app/world";
import { badInput, Fault } from "@leasehold/core/kernel";
import { bodyOf } from "../edge/index.ts";
import type { App } from "../gateway/index.ts";

export interface CallParts {
  /** Made at the first call, and kept. */
  world(): World | Promise<World>;
  /** Who signed: whatever stands in front of this proved it, and says so around the request. */
  identity(around: object | undefined): string | undefined;
}
type AnyCall = Table[string];

const MOST_BYTES = 65_536;
const PLAIN = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
const ROUTE = /^\/v1\/([^/]+)$/;

/**
 * Every call of a table by its name, for whoever may: `POST /v1/<call>`, the input as JSON. Who asks is judged before anything else.
 * One route needs no router: hono would be 14 kB of the heaviest bundle.
 */
export function callApi(parts: CallParts, table: Table): App {
  return {
    fetch: async (request, around) => {
      const [, name] = ROUTE.exec(new URL(request.url).pathname) ?? [];
      if (request.method !== "POST" || name === undefined) return told(noSuchCall(), 404);
      try {
        return await answered(parts, table, name, request, around);
      } catch (error) {
        const fault = error instanceof Fault ? error : UNEXPECTED;
        const status = statusOf(fault);
        await logged(parts, fault.name, status);
        return told(fault, status);
      }
    },
  };
}

async function answered(parts: CallParts, table: Table, name: string, request: Request, around: object | undefined) {
  const world = await parts.world();
  const known = await callerOf(world, parts.identity(around));
  const call = Object.hasOwn(table, name) ? table[name] : undefined;
  const no = refusalOf(known, call);
  if (no !== undefined || call === undefined || "refused" in known) {
    world.log("warn", "call refused", { call: call === undefined ? "unknown" : name, status: no?.status });
    return told(no?.fault ?? noSuchCall(), no?.status ?? 404);
  }
  const answer = await call.run(world, inputOf(call, await inputIn(request)) as never, known.caller);
  world.log("info", "call answered", { call: name, account: known.caller.account });
  return Response.json({ answer: answer ?? null }, { headers: PLAIN });
}

type Status = 400 | 401 | 403 | 404 | 409 | 429 | 500 | 503;
const STATUSES: Readonly<Partial<Record<Fault["name"], Status>>> = {
  BadInput: 400,
  Conflict: 409,
  Throttled: 429,
  Unavailable: 503,
};
/** What a provider refuses to us is our own fault to mend; what we refuse to the caller is theirs to know. */
const statusOf = ({ name, facts }: Fault): Status =>
  name === "PermissionMissing" && facts["provider"] === undefined ? 403 : (STATUSES[name] ?? 500);
const UNEXPECTED = new Fault("Unexpected", "this went wrong in a way that nobody planned for");
const noSuchCall = () => badInput("there is no such call", { where: "call" });

interface Refusal {
  readonly status: Status;
  readonly fault: Fault;
}

function refusalOf(known: Recognised, call: AnyCall | undefined): Refusal | undefined {
  if ("refused" in known)
    return known.refused === "nobody"
      ? { status: 401, fault: no("this AWS identity is nobody whom a directory knows") }
      : { status: 403, fault: no("the directory does not say that you are active") };
  if (call === undefined) return { status: 404, fault: noSuchCall() };
  return mayCall(call.may, known.caller) ? undefined : { status: 403, fault: no(whyNot(call.may, known.caller)) };
}

const no = (message: string): Fault => new Fault("PermissionMissing", message);

async function inputIn(request: Request): Promise<unknown> {
  const isJson = /^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "");
  const body = isJson ? await bodyOf(request, MOST_BYTES) : undefined;
  if (body === undefined)
    throw badInput("the question is not JSON of a size that is read", { where: "body", most: MOST_BYTES });
  try {
    return JSON.parse(body);
  } catch {
    throw badInput("the question is not JSON", { where: "body" });
  }
}

function told({ name, message, facts, remedy }: Fault, status: Status): Response {
  return Response.json({ error: { name, message, facts, remedy } }, { status, headers: PLAIN });
}

/** A world that could not be made has no log; then the answer is all there is. */
async function logged(parts: CallParts, fault: string, status: Status): Promise<void> {
  try {
    (await parts.world()).log(status < 500 ? "warn" : "error", "call failed", { fault, status });
  } catch {
    return;
  }
}
