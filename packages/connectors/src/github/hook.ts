import type { Delivered, Hook, Hooked, HookRequest } from "@leasehold/core/connector";
import { digest, Instant, millisOf } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { isJson, isSigned, jsonIn, notAccepted } from "../../kit/index.ts";
import { eventOf } from "./events.ts";
import type { Settings } from "./settings.ts";

const OLDEST = 86_400_000; // ms: what failed is sent again by hand, most often within the day
const EARLIEST = 300_000;
const MOST_BYTES = 1_048_576; // GitHub sends up to 25 MB, and of this event some ten kilobytes

const Timed = z.object({ workflow_run: z.looseObject({ updated_at: Instant }) });

/**
 * GitHub signs the raw body and nothing else (https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries).
 * So the time is the body's own, and the headers that name the event and the delivery are believed no further than to be told
 * apart: an event is known again by what its signed body says, whatever delivery's name it comes under.
 */
export const hook: Hook<Settings> = { read };

function read({ method, headers, body }: HookRequest, secrets: readonly string[], now: Instant): Hooked {
  const hex = /^sha256=([0-9a-f]{64})$/.exec(headers["x-hub-signature-256"] ?? "")?.[1];
  const fits = method === "POST" && isJson(headers["content-type"]) && Buffer.byteLength(body) <= MOST_BYTES;
  if (!fits || !isSigned(body, hex, secrets)) throw notAccepted();
  if (headers["x-github-event"] !== "workflow_run") return { deliveries: [] }; // the ping of a new webhook, and what was not asked for
  const given = jsonIn(body);
  const timed = Timed.safeParse(given);
  if (!timed.success || !isTimely(timed.data.workflow_run.updated_at, now)) throw notAccepted();
  return { deliveries: [deliveryOf(given)] };
}

const isTimely = (at: Instant, now: Instant): boolean => {
  const age = millisOf(now) - millisOf(at);
  return age <= OLDEST && age >= -EARLIEST;
};

const Named = z.object({
  action: z.string().check(z.regex(/^\w{1,32}$/)),
  workflow_run: z.object({ id: z.int(), run_attempt: z.int() }),
  repository: z.object({ id: z.int() }),
});

/** What cannot be read goes on as it is, so that whoever reads it next says so: here it would be lost without a word. */
function deliveryOf(given: unknown): Delivered {
  const { success, data } = Named.safeParse(given);
  const id = success
    ? [data.repository.id, data.workflow_run.id, data.workflow_run.run_attempt, data.action].join("/")
    : digest([JSON.stringify(given)]);
  return { id, event: eventOf(given) };
}
