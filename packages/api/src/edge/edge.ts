import { understood } from "@leasehold/app/ingest";
import type { Delivered, Heard, Hooked, HookRequest } from "@leasehold/core/connector";
import { Fault } from "@leasehold/core/kernel";
import type { Context } from "hono";
import { Hono } from "hono/tiny";
import { bodyOf } from "./body.ts";
import type { Batch, EdgeParts } from "./model.ts";
import { proving } from "./proving.ts";

/**
 * The way in for one connector, at `/in/<id>`. It proves the request over its raw body, and only then reads it; puts what
 * it says in line; and answers. Every refusal is the same bytes, whatever was wrong.
 */
export function edge(parts: EdgeParts): Hono {
  const { id } = parts.connector;
  const read = proving(parts, (request, secrets) => readAs(parts, request, secrets));
  const app = new Hono();
  app.all("*", async (c) => {
    if (c.req.path !== `/in/${id}`) return refused(c);
    const request = await requestOf(c);
    const proven = request ? await read(request) : ({ refused: { why: "unproved" } } as const);
    if ("refused" in proven) {
      const { why } = proven.refused;
      parts.log(why === "probe" ? "info" : "warn", "request refused", { connector: id, why });
      await parts.refused?.(proven.refused);
      return refused(c);
    }
    const { said } = proven;
    return "challenge" in said ? answered(c, said.challenge) : taken(c, parts, said);
  });
  app.onError((error, c) => {
    parts.log("error", "request not taken", {
      connector: id,
      fault: error instanceof Fault ? error.name : "Unexpected",
    });
    return c.body(null, 503, PLAIN);
  });
  return app;
}

const PLAIN = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

const refused = (c: Context) => c.json({ error: "not accepted" }, 401, PLAIN);

function answered(c: Context, challenge: Readonly<Record<string, string>>) {
  return c.json(challenge, 200, PLAIN);
}

async function requestOf(c: Context): Promise<HookRequest | undefined> {
  const { method } = c.req;
  if (method !== "GET" && method !== "POST") return undefined;
  const body = await bodyOf(c.req.raw);
  return body === undefined ? undefined : { method, headers: c.req.header(), body };
}

type Said = Hooked | { readonly clicks: readonly Heard[] };

function readAs({ connector, settings, clock }: EdgeParts, request: HookRequest, secrets: readonly string[]): Said {
  const { hook, desk } = connector;
  if (hook) return hook.read(request, secrets, clock(), settings);
  if (desk?.read && request.method === "POST") return { clicks: desk.read(request, secrets, clock()) };
  throw new Fault("BadInput", "nothing here takes such a request", { connector: connector.id });
}

/** 503 makes the vendor try again. What was put in line before that is put there again, and known by its id. */
async function taken(c: Context, parts: EdgeParts, said: Exclude<Said, { readonly challenge: unknown }>) {
  const { log, connector } = parts;
  if ("clicks" in said) {
    if (said.clicks.length > 0) await parts.heard(said.clicks);
    log("info", "clicks heard", { connector: connector.id, clicks: said.clicks.length });
    return c.body(null, 200, PLAIN);
  }
  const batches = said.deliveries.flatMap((one) => batchOf(parts, one) ?? []);
  const put = await Promise.allSettled(batches.map((batch) => parts.signals(batch)));
  const failed = put.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
  const signals = batches.reduce((sum, batch) => sum + batch.signals.length, 0);
  log("info", "events taken", { connector: connector.id, deliveries: said.deliveries.length, signals });
  return c.body(null, 200, PLAIN);
}

function batchOf({ connector, log }: EdgeParts, { id, event }: Delivered): Batch | undefined {
  const { id: from, listens } = connector;
  if (listens === undefined) return undefined;
  const read = understood(listens, event);
  if ("where" in read) {
    log("warn", "event not understood", { connector: from, where: read.where });
    return undefined;
  }
  return read.signals.length === 0 ? undefined : { delivery: id, signals: read.signals };
}
