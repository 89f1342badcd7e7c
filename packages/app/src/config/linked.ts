import type { Connector } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import type { Config } from "./config.ts";
import { WORDS, wrongs } from "./wrongs.ts";

/** A connector's settings, read by its own schema; or every field of them that is wrong, by its place in the file. */
export function settingsOf({ id, settings }: Pick<Connector, "id" | "settings">, given: unknown): unknown {
  const read = settings.safeParse(given, WORDS && { error: WORDS });
  if (read.success) return read.data;
  throw badInput("a connector's settings are not valid", {
    ...{ connector: id, where: wrongs(read.error, `connectors.${id}.settings`).join("; ") },
  });
}

/** What `authority` and `provisions` may name beside connectors: a personnel system's file. */
const FILE = "people-file";

/**
 * Refuses a name that no connector has, wherever the file names one: a rule about a connector that does not exist fits
 * nothing, and a directory that does not exist is never believed.
 */
export function checkNames(config: Config, known: readonly string[]): void {
  const { authority, provisions, desks, neverTouch, drill, connectors } = config;
  const named: readonly (readonly [where: string, name: string | undefined, others?: readonly string[]])[] = [
    ...Object.keys(connectors).map((name) => [`connectors.${name}`, name] as const),
    ...authority.map((name, n) => [`authority.${n}`, name, [FILE]] as const),
    ...Object.entries(provisions).flatMap(([writer, written]) =>
      [writer, ...written].map((name) => [`provisions.${writer}`, name, [FILE]] as const),
    ),
    ...desks.map((name, n) => [`desks.${n}`, name] as const),
    ...neverTouch.map(({ connector }, n) => [`neverTouch.${n}.connector`, connector] as const),
    ["drill.connector", drill?.connector],
  ];
  const strange = named.filter(
    ([, name, others = []]) => name !== undefined && !known.includes(name) && !others.includes(name),
  );
  if (strange.length === 0) return;
  throw badInput("the configuration names a connector that does not exist", {
    where: [...new Set(strange.map(([where]) => where))].join("; "),
    known: known.join(", "),
  });
}
