import * as z from "zod/mini";

/** UTC, milliseconds, always ending in Z, so that text order is time order. */
export type Instant = string & z.$brand<"Instant">;
export const Instant = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text) => (isSpelt(text) ? text : new Date(text).toISOString()) as Instant),
);

/** As we spell it already, which nothing but these 24 characters is; what is no time was refused before. */
const isSpelt = (text: string): boolean => text.length === 24 && text.endsWith("Z");

/** Whether this is a time of some day, as we spell it; whether there is such a day is for the schema to say. */
export const isInstant = (text: unknown): text is Instant => typeof text === "string" && SPELT.test(text);
const SPELT = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d[.]\d{3}Z$/;

export type Clock = () => Instant;

const HOUR = 3_600_000;

export function later(from: Instant, hours: number): Instant {
  return new Date(Date.parse(from) + hours * HOUR).toISOString() as Instant;
}

export const laterBy = (from: Instant, seconds: number): Instant => later(from, seconds / 3_600);

const SPAN = /^(\d{1,6})([mhd])$/;
const HOURS: Readonly<Record<string, number>> = { m: 1 / 60, h: 1, d: 24 };

/** The hours of a span as people write it, `90m`, `72h` or `3d`; undefined where it is none. */
export function hoursIn(span: string): number | undefined {
  const [, number, unit = ""] = SPAN.exec(span) ?? [];
  return number === undefined ? undefined : Number(number) * (HOURS[unit] ?? 0);
}

/** Milliseconds since 1970, for arithmetic; what is stored and compared stays text. */
export const millisOf = (instant: string): number => Date.parse(instant);

export const instantOf = (millis: number): Instant => new Date(millis).toISOString() as Instant;

/** Whole days are enough for *last seen*; finer use lives in usage records. */
export const dayOf = (instant: Instant): Instant => `${instant.slice(0, 10)}T00:00:00.000Z` as Instant;

export const hoursBetween = (from: Instant, to: Instant): number => (Date.parse(to) - Date.parse(from)) / HOUR;
