import type { Given } from "./given.ts";

/** `leasehold.json` beside a function that holds no vendor's secret: everything but the connectors' settings. */
export function forSteps(given: Given): object {
  return shipped(given, () => ({}));
}

/** Beside a vendor's own function: its own settings, and nobody else's. */
export function forVendor(given: Given, id: string): object {
  return shipped(given, (other, settings) => (other === id ? settings : {}));
}

type Settings = Readonly<Record<string, unknown>>;

function shipped(
  { stage, written, config, linked }: Given,
  keep: (id: string, settings: Settings) => Settings,
): object {
  const connectors = Object.fromEntries(
    linked.map(({ id, given }) => [id, { mode: config.connectors[id]?.mode ?? "observe", settings: keep(id, given) }]),
  );
  return { stage, config: { ...written, connectors }, declared: linked.map(({ declared }) => declared) };
}
