import { readdirSync, readFileSync } from "node:fs";
import type { EventPattern } from "@leasehold/core/connector";

export type Json = Record<string, unknown>;
const FOLDER = new URL("../../packages/connectors/src/", import.meta.url);

/** The recorded events of a connector, as EventBridge would deliver them: its own envelope makes them so where they are not. */
export function recorded(connector: string, envelope: ((record: unknown) => unknown) | undefined): readonly Json[] {
  const folder = new URL(`${connector}/fixtures/`, FOLDER);
  return readdirSync(folder)
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Json)
    .map((one) => (one["event"] ?? one["record"] ?? one) as Json)
    .map(
      (one) => (one["source"] === undefined || one["detail"] === undefined ? envelope?.(one) : one) as Json | undefined,
    )
    .filter((one): one is Json => one?.["detail"] !== undefined);
}

/** The same event with one deciding field another: each must be missed. */
export function nearMisses(event: Json, pattern: EventPattern): readonly Json[] {
  return decidingPaths(pattern).map((path) => changed(event, path));
}

function decidingPaths(pattern: Json, above: readonly string[] = []): readonly (readonly string[])[] {
  return Object.entries(pattern).flatMap(([key, inside]) => {
    const path = [...above, key];
    return Array.isArray(inside) ? [path] : decidingPaths(inside as Json, path);
  });
}

function changed(event: Json, [key = "", ...rest]: readonly string[]): Json {
  const inside = event[key];
  return { ...event, [key]: rest.length === 0 ? `not.${String(inside)}` : changed((inside ?? {}) as Json, rest) };
}
