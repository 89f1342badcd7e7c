import type { Page } from "@leasehold/core/connector";
import type { Signal } from "@leasehold/core/signal";
import type { Call } from "./recorder.ts";

/** What is another on every run is called by what it is: an id, an instant, a digest of them. */
export function plain(of: unknown, names: ReadonlyMap<string, string>): unknown {
  const text = JSON.stringify(of, (key, value: unknown) => (key === "token" ? "<token>" : value)) ?? "null";
  const named = [...names].reduce((all, [id, name]) => all.replaceAll(id, name), text);
  return JSON.parse(named.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, "<instant>"));
}

/** Where two runs of the same scenario differ: what the simulator says and moto does not say so. moto may say more. */
export function callsApart(simulated: readonly Call[], actual: readonly Call[]): readonly string[] {
  const verbs = (calls: readonly Call[]) => calls.map(({ verb }) => verb).join(" ");
  if (verbs(simulated) !== verbs(actual)) return [`calls: ${verbs(simulated)} / ${verbs(actual)}`];
  return simulated.flatMap((call, at) => {
    const { verb, input, said, error } = actual[at] as Call;
    return [
      ...apart(`${verb} input`, call.input, input),
      ...(call.error === error ? [] : [`${verb} error: ${call.error ?? "none"} / ${error ?? "none"}`]),
      ...(call.said === undefined || call.said === null ? [] : apart(verb, call.said, said)),
    ];
  });
}

export function apart(path: string, here: unknown, there: unknown): readonly string[] {
  if (here === null || typeof here !== "object")
    return here === there || here === null ? [] : [`${path}: ${shown(here)} / ${shown(there)}`];
  if (there === null || typeof there !== "object") return [`${path}: ${shown(here)} / ${shown(there)}`];
  if (Array.isArray(here) && here.length !== (there as unknown[]).length)
    return [`${path}: ${here.length} of them / ${(there as unknown[]).length}`];
  return Object.entries(here).flatMap(([key, value]) =>
    apart(Array.isArray(here) ? `${path}[]` : `${path}.${key}`, value, (there as Record<string, unknown>)[key]),
  );
}

/** Where two lists of the same things differ, signal by signal: what either says and the other does not. */
export function signalsApart(
  here: readonly Page[],
  there: readonly Page[],
  names: ReadonlyMap<string, string> = new Map(),
) {
  const [first, second] = [here, there].map((pages) => byName(pages, names)) as [ByName, ByName];
  return [...new Set([...Object.keys(first), ...Object.keys(second)])].flatMap((name) => [
    ...apart(name, first[name], second[name]),
    ...apart(`${name}, the other way`, second[name], first[name]),
  ]);
}

type ByName = Readonly<Record<string, unknown>>;

function byName(pages: readonly Page[], names: ReadonlyMap<string, string>): ByName {
  const signals = pages.flatMap((page) => page.signals.map((one) => plain(one, names) as Signal));
  return Object.fromEntries(signals.map((one) => [one.source.eventId.replace(":<instant>", ""), one]));
}

const shown = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
