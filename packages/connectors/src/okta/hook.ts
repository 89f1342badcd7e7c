import type { Delivered, Hook, Hooked, HookRequest } from "@leasehold/core/connector";
import { digest, Instant, millisOf } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { isJson, isSecret, jsonIn, notAccepted, notProved, notTimely } from "../../kit/index.ts";
import type { Settings } from "./api.ts";
import { envelope } from "./events.ts";
import { orgOfHost } from "./ids.ts";

const OLDEST = 86_400_000; // ms: Okta promises no latest time of delivery, and tries once more
const EARLIEST = 300_000;
const MOST_BYTES = 1_048_576;
const MOST_EVENTS = 1_000;

const Challenge = z.string().check(z.regex(/^[\x21-\x7e]{1,512}$/));
const Body = z.object({
  eventType: z.literal("com.okta.event_hook"),
  eventTime: Instant,
  data: z.object({ events: z.array(z.unknown()).check(z.maxLength(MOST_EVENTS)) }),
});

/**
 * An event hook is neither signed nor dated in its headers: Okta sends a secret that we chose with every request, the
 * first one included (https://developer.okta.com/docs/concepts/event-hooks/, "HTTP Headers"). So nobody without it learns
 * even that the address is ours, and the time is the body's. What was sent before is known by each event's own `uuid`.
 */
export const hook: Hook<Settings> = { read };

function read(request: HookRequest, secrets: readonly string[], now: Instant, settings: Settings): Hooked {
  const { method, headers, body } = request;
  const small = Buffer.byteLength(body) <= MOST_BYTES;
  if (!small) throw notAccepted();
  if (!isSecret(headers["authorization"], secrets)) throw notProved(headers["authorization"]);
  return method === "GET" ? challenged(headers) : delivered(request, now, settings);
}

function challenged(headers: HookRequest["headers"]): Hooked {
  const { success, data: verification } = Challenge.safeParse(headers["x-okta-verification-challenge"]);
  if (!success) throw notAccepted("content");
  return { challenge: { verification } };
}

function delivered({ headers, body }: HookRequest, now: Instant, { org }: Settings): Hooked {
  const said = isJson(headers["content-type"]) ? Body.safeParse(jsonIn(body)) : undefined;
  if (!said?.success) throw notAccepted("content");
  if (!isTimely(said.data.eventTime, now)) throw notTimely(millisOf(said.data.eventTime), now);
  const { events } = said.data.data;
  return { deliveries: once(events.map((record) => deliveryOf(record, orgOfHost(new URL(org).hostname)))) };
}

const isTimely = (at: Instant, now: Instant): boolean => {
  const age = millisOf(now) - millisOf(at);
  return age <= OLDEST && age >= -EARLIEST;
};

/**
 * The organisation is the configured one: `source` may name a custom domain, by which nobody else knows these accounts.
 * What cannot be read goes on as it is, so that whoever reads it next says so: here it would be lost without a word.
 */
function deliveryOf(record: unknown, org: string): Delivered {
  const event = envelope(record, org) ?? record;
  const read = Named.safeParse(event);
  return { id: read.success ? read.data.detail.uuid : digest([JSON.stringify(record)]), event };
}

const Named = z.object({ detail: z.object({ uuid: z.string().check(z.regex(/^[\w-]{1,128}$/)) }) });

const once = (all: readonly Delivered[]): readonly Delivered[] => [
  ...new Map(all.map((one) => [one.id, one])).values(),
];
