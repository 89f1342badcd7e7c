import { type Instant, instantOf } from "../kernel/index.ts";
import type { Source } from "../signal/index.ts";
import type { Fact, Turn } from "./model.ts";

/** Dated before everything: what is said only as long as nobody says otherwise. */
export const WEAK: Instant = instantOf(0);

/** The values that are given, as facts of one source; what is absent says nothing. */
export function factsOf(
  { occurredAt, eventId }: Source,
  values: Readonly<Record<string, string | undefined>>,
  at: Instant = occurredAt,
): Readonly<Record<string, Fact>> {
  return mapped(values, (value) => ({ value, at, eventId }));
}

export function turnsOf(
  { occurredAt }: Source,
  values: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, readonly Turn[]>> {
  return mapped(values, (value) => [{ value, at: occurredAt }]);
}

function mapped<T>(
  values: Readonly<Record<string, string | undefined>>,
  make: (value: string) => T,
): Record<string, T> {
  const said: Record<string, T> = {};
  for (const [name, value] of Object.entries(values)) if (value !== undefined) said[name] = make(value);
  return said;
}
