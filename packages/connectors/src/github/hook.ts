import type { Hook, Hooked, HookRequest } from "@leasehold/core/connector";
import { type Instant, millisOf } from "@leasehold/core/kernel";
import { isJson, isSigned, jsonIn, notAccepted, notProved, notTimely } from "../../kit/index.ts";
import { deliveryOf, heardAs, isMeant, toldAt, UNTOLD } from "./deliveries.ts";
import type { Settings } from "./settings.ts";

const OLDEST = 86_400_000; // ms: what failed is sent again by hand, most often within the day
const EARLIEST = 300_000;
const MOST_BYTES = 1_048_576; // GitHub sends up to 25 MB, and of these events some ten kilobytes

/**
 * GitHub signs the raw body and nothing else (https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries).
 * So the time is the body's own, and the headers that name the event and the delivery are believed no further than to be told
 * apart: an event is known again by what its signed body says, whatever delivery's name it comes under. What the body does not
 * date is dated by its coming, and can be told again later by whoever kept it: it is of ends alone, which stay ends, and of
 * what only makes something count as alive.
 */
export const hook: Hook<Settings> = { read };

function read({ method, headers, body }: HookRequest, secrets: readonly string[], now: Instant): Hooked {
  const hex = /^sha256=([0-9a-f]{64})$/.exec(headers["x-hub-signature-256"] ?? "")?.[1];
  const fits = method === "POST" && isJson(headers["content-type"]) && Buffer.byteLength(body) <= MOST_BYTES;
  if (!fits) throw notAccepted();
  if (!isSigned(body, hex, secrets)) throw notProved(hex);
  const heard = heardAs(headers["x-github-event"]);
  if (heard === undefined) return { deliveries: [] };
  const given = jsonIn(body);
  if (given === undefined) throw notAccepted("content");
  if (!isMeant(heard, given)) return { deliveries: [] };
  const at = toldAt(heard, given);
  if (at === undefined) throw notAccepted("content");
  if (at !== UNTOLD && !isTimely(at, now)) throw notTimely(millisOf(at), now);
  return { deliveries: [deliveryOf(given, at === UNTOLD ? now : undefined)] };
}

const isTimely = (at: Instant, now: Instant): boolean => {
  const age = millisOf(now) - millisOf(at);
  return age <= OLDEST && age >= -EARLIEST;
};
