import type { Broken, Spot } from "@leasehold/connectors/kit";

export interface Place extends Spot {
  readonly file: string;
}

/** One record as it stands in the file, or why it cannot be read; `bytes` is how much of all files was read until then. */
export type Item = { readonly place: Place; readonly bytes: number } & (
  | { readonly record: unknown }
  | { readonly broken: Broken }
);
