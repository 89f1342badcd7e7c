import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Refusal } from "@leasehold/core/connector";
import { badInput, type Fault, type Instant, millisOf } from "@leasehold/core/kernel";

export const signatureOf = (secret: string, text: string): string =>
  createHmac("sha256", secret).update(text).digest("hex");

/** Whether any of our secrets signed this text. All are tried in constant time: two are live while one is being replaced. */
export function isSigned(text: string, hex: string | undefined, secrets: readonly string[]): boolean {
  if (hex === undefined || !/^[0-9a-f]{64}$/i.test(hex)) return false;
  const given = Buffer.from(hex, "hex");
  const agreeing = secrets.filter(
    (secret) => secret !== "" && timingSafeEqual(Buffer.from(signatureOf(secret, text), "hex"), given),
  );
  return agreeing.length > 0;
}

/** Whether this is one of our secrets itself, where the vendor signs nothing: in constant time, and whatever its length. */
export function isSecret(given: string | undefined, secrets: readonly string[]): boolean {
  if (given === undefined || given === "") return false;
  const key = randomBytes(32);
  const seal = (text: string) => createHmac("sha256", key).update(text).digest();
  const agreeing = secrets.filter((secret) => secret !== "" && timingSafeEqual(seal(secret), seal(given)));
  return agreeing.length > 0;
}

/**
 * One sentence for every reason: whoever forges a request learns nothing from it. `why` is for our own count alone, and `seconds`
 * is how far the time that was signed is behind ours.
 */
export const notAccepted = (why: Refusal = "unproved", seconds?: number): Fault =>
  badInput("the request was not accepted", { why, ...(seconds !== undefined && { seconds }) });

/** Why a request that is of the right shape is not proved: nothing in it could be a proof, or another secret made it. */
export const notProved = (proof: string | undefined): Fault => notAccepted(proof ? "signature" : "unproved");

/** Its proof is right, and its time is not: how many seconds it is behind ours. */
export function notTimely(millis: number, now: Instant): Fault {
  const seconds = Math.round((millisOf(now) - millis) / 1_000);
  return notAccepted("time", Number.isSafeInteger(seconds) ? seconds : undefined); // it may have signed what is no time
}

/** A number of seconds within so many of ours, either way: old is a replay, and future would be one later. */
export const isNear = (stamp: string | undefined, now: Instant, seconds: number): boolean =>
  /^\d{1,12}$/.test(stamp ?? "") && Math.abs(millisOf(now) / 1000 - Number(stamp)) <= seconds;

/** Undefined where it is not JSON, and nothing of it in an error's message. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isJson = (contentType: string | undefined): boolean =>
  /^application\/json\s*(;|$)/i.test(contentType ?? "");
