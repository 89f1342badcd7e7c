import type { Connector } from "@leasehold/core/connector";
import { inputOf } from "../../stacks/tables/routing.ts";

type Json = Record<string, unknown>;

/** An event as the connector's rule hands it on: every path that is named, and `nothing` where the event has none. */
export function handedOn({ id, listens }: Pick<Connector, "id" | "listens">, event: unknown, nothing: unknown): Json {
  const made: Json = {};
  for (const path of Object.values(inputOf(id, listens?.handsOn).paths)) {
    const keys = path.slice(2).split(".");
    const last = keys.pop() ?? "";
    let inner = made;
    for (const key of keys) {
      inner[key] ??= {};
      inner = inner[key] as Json;
    }
    inner[last] = at(event, path) ?? nothing;
  }
  return made;
}

const at = (event: unknown, path: string): unknown =>
  path
    .slice(2)
    .split(".")
    .reduce<unknown>((of, key) => (of as Json | undefined | null)?.[key], event);
