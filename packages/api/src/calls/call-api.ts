import { type Call, callerOf, calls, inputOf, mayCall, type Recognised } from "@leasehold/app/calls";
import type { World } from "@leasehold/app/world";
import { badInput, Fault } from "@leasehold/core/kernel";
import { type Context, Hono } from "hono";
import { bodyOf } from "../edge/index.ts";

export interface CallParts {
  /** Made at the first call, and kept. */
  world(): World | Promise<World>;
  /** Who signed: whatever stands in front of this proved it. */
  identity(c: Context): string | undefined;
}
type AnyCall = Pick<Call, "may" | "does" | "input"> & Pick<Call<never>, "run">;
type Table = Readonly<Record<string, AnyCall>>;

const MOST_BYTES = 65_536;
const PLAIN = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** Every call by its name, for whoever may: `POST /v1/<call>`, the input as JSON. Who asks is judged before anything else. */
export function callApi(parts: CallParts, table: Table = calls): Hono {
  const app = new Hono();
  app.post("/v1/:call", async (c) => {
    const world = await parts.world();
    const name = c.req.param("call");
    const known = await callerOf(world, parts.identity(c));
    const call = Object.hasOwn(table, name) ? table[name] : undefined;
    const no = refusalOf(known, call);
    if (no !== undefined || call === undefined || "refused" in known) {
      world.log("warn", "call refused", { call: call === undefined ? "unknown" : name, status: no?.status });
      return told(c, no?.fault ?? noSuchCall(), no?.status ?? 404);
    }
    const answer = await call.run(world, inputOf(call, await inputIn(c)) as never, known.caller);
    world.log("info", "call answered", { call: name, account: known.caller.account });
    return c.json({ answer: answer ?? null }, 200, PLAIN);
  });
  app.notFound((c) => told(c, noSuchCall(), 404));
  app.onError(async (error, c) => {
    const fault = error instanceof Fault ? error : UNEXPECTED;
    const status = STATUSES[fault.name] ?? 500;
    await logged(parts, fault.name, status);
    return told(c, fault, status);
  });
  return app;
}

type Status = 400 | 401 | 403 | 404 | 409 | 429 | 500 | 503;
const STATUSES: Readonly<Partial<Record<Fault["name"], Status>>> = {
  BadInput: 400,
  Conflict: 409,
  Throttled: 429,
  Unavailable: 503,
};
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
  return mayCall(call.may, known.caller) ? undefined : { status: 403, fault: no(`this is for ${call.may}`) };
}

const no = (message: string): Fault => new Fault("PermissionMissing", message);

async function inputIn(c: Context): Promise<unknown> {
  const isJson = /^application\/json\s*(;|$)/i.test(c.req.header("content-type") ?? "");
  const body = isJson ? await bodyOf(c.req.raw, MOST_BYTES) : undefined;
  if (body === undefined)
    throw badInput("the question is not JSON of a size that is read", { where: "body", most: MOST_BYTES });
  try {
    return JSON.parse(body);
  } catch {
    throw badInput("the question is not JSON", { where: "body" });
  }
}

function told(c: Context, { name, message, facts, remedy }: Fault, status: Status) {
  return c.json({ error: { name, message, facts, remedy } }, status, PLAIN);
}

/** A world that could not be made has no log; then the answer is all there is. */
async function logged(parts: CallParts, fault: string, status: Status): Promise<void> {
  try {
    (await parts.world()).log(status < 500 ? "warn" : "error", "call failed", { fault, status });
  } catch {
    return;
  }
}
