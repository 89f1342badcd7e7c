import { createHash } from "node:crypto";
import { badInput, type Clock, millisOf } from "@leasehold/core/kernel";
import jsonata from "jsonata";
import type { Random } from "../clock/index.ts";

const fromMillis = jsonata("$fromMillis($millis, $picture, $timezone)");
const HASHES: Readonly<Record<string, string>> = {
  MD5: "md5",
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};
const MOST = 1_000;

/** JSONata's own time under the given clock, the six functions that Step Functions adds, and the one that it takes away. */
export function functionsOf(clock: Clock, random: Random): Readonly<Record<string, (...given: never[]) => unknown>> {
  return {
    now: (picture?: string, timezone?: string) =>
      fromMillis.evaluate(undefined, { millis: millisOf(clock()), picture, timezone }),
    millis: () => millisOf(clock()),
    partition,
    range,
    hash,
    random: (seed?: number) => (seed === undefined ? fraction(random(4)) : fraction(digestOf(String(seed)))),
    uuid: () => uuid(random(16)),
    parse: (text: string) => JSON.parse(text) as unknown,
    eval: () => {
      throw badInput("Step Functions has no $eval");
    },
  };
}

function partition(list: readonly unknown[], size: number): readonly unknown[] {
  const all = Array.isArray(list) ? list : [list];
  if (!Number.isInteger(size) || size < 1) throw badInput("$partition takes a list and a size");
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}

function range(first: number, last: number, step: number): readonly number[] {
  const count = Math.floor((last - first) / step) + 1;
  if (!(count >= 0 && count <= MOST))
    throw badInput("$range takes a first, a last and a step, for at most 1000 numbers");
  return Array.from({ length: count }, (_, n) => first + n * step);
}

function hash(data: unknown, algorithm: string): string {
  const name = HASHES[algorithm];
  if (name === undefined) throw badInput("$hash takes MD5, SHA-1, SHA-256, SHA-384 or SHA-512");
  return createHash(name)
    .update(typeof data === "string" ? data : JSON.stringify(data))
    .digest("hex");
}

function uuid(bytes: Uint8Array): string {
  const marked = bytes.map((byte, n) => (n === 6 ? (byte & 15) | 64 : n === 8 ? (byte & 63) | 128 : byte));
  return Buffer.from(marked)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const digestOf = (text: string): Uint8Array => createHash("sha256").update(text).digest().subarray(0, 4);

const fraction = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 32;
