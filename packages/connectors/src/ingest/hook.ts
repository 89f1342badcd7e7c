import type { Hook, Hooked, HookRequest } from "@leasehold/core/connector";
import { badInput, digest, type Fault, type Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { isJson, isNear, isSigned, jsonIn, notAccepted, notProved, notTimely } from "../../kit/index.ts";
import { eventOf } from "./events.ts";
import { Said } from "./said.ts";
import { type Settings, sourceIn } from "./settings.ts";

const WINDOW_SECONDS = 300; // both ways
const MOST_BYTES = 262_144;

const Body = z.strictObject({ signals: z.array(z.unknown()).check(z.maxLength(100)) });

export const hook: Hook<Settings> = { read };

/** Nothing is decoded before the source's own secret has proved the raw body and its time. Then all of it is right, or none of it is taken. */
function read(
  { method, headers, body }: HookRequest,
  secrets: readonly string[],
  now: Instant,
  settings: Settings,
): Hooked {
  const from = sourceIn(headers);
  const source = Object.hasOwn(settings.sources, from) ? settings.sources[from] : undefined;
  const stamp = headers["x-leasehold-timestamp"] ?? "";
  const hex = /^v1=([0-9a-f]{64})$/.exec(headers["x-leasehold-signature"] ?? "")?.[1];
  const fits = method === "POST" && isJson(headers["content-type"]) && Buffer.byteLength(body) <= MOST_BYTES;
  if (source === undefined || !fits) throw notAccepted();
  if (!isSigned(`v1:${stamp}:${body}`, hex, secrets)) throw notProved(hex);
  if (!isNear(stamp, now, WINDOW_SECONDS)) throw notTimely(Number(stamp) * 1_000, now);

  const read = Body.safeParse(jsonIn(body));
  if (!read.success) throw wrongAt("signals");
  const signals = read.data.signals.map((given, nth) => saidIn(given, `signals.${nth}`, source.kinds));
  return { deliveries: signals.map((signal) => ({ id: `${from}/${digest(signal)}`, event: eventOf(from, signal) })) };
}

function saidIn(given: unknown, where: string, kinds: readonly Said["kind"][]): Said {
  const read = Said.safeParse(given);
  if (!read.success) throw wrongAt([where, ...(read.error.issues[0]?.path ?? [])].join("."));
  const unread = unreadIn(given, read.data);
  if (unread !== undefined) throw wrongAt(`${where}.${unread}`);
  if (!kinds.includes(read.data.kind)) throw wrongAt(`${where}.kind`);
  return read.data;
}

/** For our own log, where it is wrong; the caller is told what everybody is. */
const wrongAt = (where: string): Fault => badInput(notAccepted().message, { where, why: "content" });

/** Where something is that nobody reads, which would be a spelling mistake; a name that is not a word is not repeated. */
function unreadIn(given: unknown, read: unknown): string | undefined {
  if (!isRecord(given) || !isRecord(read)) return undefined;
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(read, key)) return /^[A-Za-z]{1,32}$/.test(key) ? key : "?";
    const inner = unreadIn(value, read[key]);
    if (inner !== undefined) return `${key}.${inner}`;
  }
  return undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);
