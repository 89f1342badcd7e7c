/** Where a record stands in its file: its line, from 1, and in a list its place, from 0. */
export interface Spot {
  readonly line: number;
  readonly index?: number;
}

/** Why a part of a file, or the whole of it, is no record. Never a word of what stands there. */
export type Broken =
  | "not JSON"
  | "not JSON: what follows in this file was not read"
  | "truncated"
  | "too large"
  | "nested too deeply"
  | "malformed gzip"
  | "gzip that ends too early"
  | "larger than any file that is read"
  | "cannot be read";

/** One record as text, or the reason why there is none. */
export type Piece = Spot & ({ readonly text: string } | { readonly broken: Broken });
