import { Fault } from "@leasehold/core/kernel";
import { unpacked } from "./gunzip.ts";
import type { Broken, Piece, Spot } from "./model.ts";
import { createSplitter } from "./split.ts";

/** One record as it stands in its file, or why there is none. */
export type Read = Spot & ({ readonly record: unknown } | { readonly broken: Broken });

/**
 * Every record of one file, packed or not, one at a time, in bounded memory; `most` bytes of it are unpacked. What is wrong with
 * the file is said as a record that is broken; that its bytes could not be fetched just now is thrown.
 */
export async function* recordsIn(source: AsyncIterable<Uint8Array>, most?: number): AsyncGenerator<Read> {
  const splitter = createSplitter();
  const bytes = unpacked(source, most);
  try {
    for (;;) {
      const next = await bytes.next().catch(whyOf);
      if (typeof next === "string" || next.done) {
        yield* splitter.end(typeof next === "string" ? next : undefined).map(parsed);
        return;
      }
      for (const piece of splitter.feed(next.value)) yield parsed(piece);
    }
  } finally {
    await bytes.return(undefined);
  }
}

function whyOf(error: unknown): Broken {
  if (!(error instanceof Fault)) return "cannot be read";
  if (error.name === "BadInput") return error.message as Broken;
  throw error;
}

function parsed({ line, index, ...piece }: Piece): Read {
  const spot = { line, ...(index !== undefined && { index }) };
  if ("broken" in piece) return { ...spot, broken: piece.broken };
  try {
    return { ...spot, record: JSON.parse(piece.text) as unknown };
  } catch {
    return { ...spot, broken: "not JSON" }; // the parser's own message quotes what it was given
  }
}
