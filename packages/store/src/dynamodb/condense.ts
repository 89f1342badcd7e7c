import { deflateRawSync, inflateRawSync } from "node:zlib";
import { badInput } from "@leasehold/core/kernel";
import { WORDS } from "./words.ts";

const DICTIONARY = Buffer.from(WORDS);
const NUMBER = 1; // of the words, before the bytes

const FITS = 800; // bytes of text that leave room for the keys in the first kilobyte

/** A row is charged by the kilobyte: JSON that would not fit into the first is deflated; what fits stays readable. */
export function condense(data: unknown): string | Uint8Array {
  const text = JSON.stringify(data);
  if (Buffer.byteLength(text) <= FITS) return text;
  return Buffer.concat([Buffer.of(NUMBER), deflateRawSync(text, { level: 9, dictionary: DICTIONARY })]);
}

export function expand(stored: unknown): unknown {
  if (typeof stored === "string") return JSON.parse(stored);
  const bytes = Buffer.from(stored as Uint8Array);
  if (bytes[0] !== NUMBER) throw badInput("the row was written by a later version: install that version");
  return JSON.parse(inflateRawSync(bytes.subarray(1), { dictionary: DICTIONARY }).toString());
}
