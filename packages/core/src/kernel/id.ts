import { hash } from "node:crypto";
import { type Instant, instantOf, millisOf } from "./time.ts";

/** A prefixed id: readable in a log line, impossible to pass in the wrong place. */
export type Id<Prefix extends string> = `${Prefix}_${string}`;
export type PersonId = Id<"per">;
export type AccountId = Id<"acc">;
export type IdentityId = Id<"idn">;
export type CredentialId = Id<"crd">;
export type SessionId = Id<"ses">;
export type FindingId = Id<"fnd">;
export type CaseId = Id<"cas">;
export type WindDownId = Id<"wdc">;
export type DecisionId = Id<"dec">;

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford: no i, l, o, u

/**
 * The id of a thing that lives outside us. The same outside thing has the same
 * id on every machine and on every delivery, so seeing it twice is not an event.
 */
export function derivedId<P extends string>(prefix: P, ...naturalKey: readonly [string, ...string[]]): Id<P> {
  return `${prefix}_${crockford(hash("sha256", JSON.stringify(naturalKey), "buffer").subarray(0, 20))}`;
}

/** The id of a thing that begins with us, in the order of its beginning: 48 bits of time, 80 random ones. */
export function timedId<P extends string>(prefix: P, now: string, random: Uint8Array): Id<P> {
  const time = BigInt(millisOf(now));
  const bytes = Uint8Array.from({ length: 6 }, (_, n) => Number((time >> BigInt(8 * (5 - n))) & 255n));
  return `${prefix}_${Buffer.concat([bytes, random.subarray(0, 10)]).toString("hex")}`;
}

/** When the thing with such an id began. */
export const begunAt = (id: CaseId | WindDownId): Instant =>
  instantOf(Number.parseInt(id.slice(id.indexOf("_") + 1).slice(0, 12), 16));

/** An id that travels, so that nobody can guess the next one: 160 random bits. */
export function randomId<P extends string>(prefix: P, random: Uint8Array): Id<P> {
  return `${prefix}_${crockford(random.subarray(0, 32))}`;
}

function crockford(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += ALPHABET.charAt(byte & 31); // a thousand times for every look: an array takes five times as long
  return text;
}
