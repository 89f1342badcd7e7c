import type { Route } from "@leasehold/core/connector";
import { fixturesOf } from "../../support/connectors.ts";

/** Of one pattern (the nth of its connector and route): events that it must route, and near misses that it must not. */
export interface RouteEvents {
  readonly connector: string;
  readonly route: Route;
  readonly n: number;
  readonly matches: readonly object[];
  readonly misses: readonly object[];
}

type Json = Readonly<Record<string, unknown>>;

/** A real-shaped event, and the same event with the deciding fields changed: everything else stays as it came. */
export function eventsOf(connector: string) {
  const all = new Map(fixturesOf(connector).map(({ file, event }) => [file, event]));
  return {
    real: (name: string): object => {
      const event = all.get(`${name}.json`);
      if (event === undefined) throw new Error(`${connector} has no fixture ${name}`);
      return event;
    },
    but: (name: string, changed: Json, detail: Json = {}): object => {
      const event = all.get(`${name}.json`) as (Json & { readonly detail: Json }) | undefined;
      if (event === undefined) throw new Error(`${connector} has no fixture ${name}`);
      return { ...event, ...changed, detail: { ...event.detail, ...detail } };
    },
  };
}
