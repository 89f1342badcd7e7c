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

const shown = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
