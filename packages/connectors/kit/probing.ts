import type { HookRequest, Probe } from "@leasehold/core/connector";
import { type Instant, millisOf } from "@leasehold/core/kernel";
import { isNear, isSigned, signatureOf } from "./signature.ts";

const MARK = "x-leasehold-probe";
const WINDOW_SECONDS = 60;

const textOf = (stamp: string) => `leasehold probe ${stamp}`;

/** One byte of what proves it is another: everything else is as it was, so that nothing but the proof can be why it is refused. */
export function altered(request: HookRequest, { proof }: Pick<Probe, "proof">): HookRequest {
  const value = request.headers[proof] ?? "";
  const changed = `${value.slice(0, -1)}${value.endsWith("0") ? "1" : "0"}`;
  return { ...request, headers: { ...request.headers, [proof]: changed } };
}

/** Marks it as our own, by a proof of its own that is good for a minute: what we refuse ourselves is nobody's attempt. */
export function marked(request: HookRequest, secret: string, now: Instant): HookRequest {
  const stamp = String(Math.floor(millisOf(now) / 1_000));
  return { ...request, headers: { ...request.headers, [MARK]: `${stamp}.${signatureOf(secret, textOf(stamp))}` } };
}

export function isMarked(headers: HookRequest["headers"], secrets: readonly string[], now: Instant): boolean {
  const [stamp = "", hex] = (headers[MARK] ?? "").split(".");
  return isSigned(textOf(stamp), hex, secrets) && isNear(stamp, now, WINDOW_SECONDS);
}
