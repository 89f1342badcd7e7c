/** Where a record stands: its line in the file, from 1, and in a list its place, from 0. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly index?: number;
}
export type Spot = Omit<Place, "file">;

/** Why a part of a file is no record. Never a word of what stands there. */
export type Broken =
  | "not JSON"
  | "not JSON: what follows in this file was not read"
  | "truncated"
  | "too large"
  | "nested too deeply"
  | "malformed gzip"
  | "gzip that ends too early"
  | "cannot be read";

/** One record as text, or the reason why there is none. */
export type Piece = Spot & ({ readonly text: string } | { readonly broken: Broken });

/** One record as it stands in the file, or why it cannot be read; `bytes` is how much of all files was read until then. */
export type Item = { readonly place: Place; readonly bytes: number } & (
  | { readonly record: unknown }
  | { readonly broken: Broken }
);
