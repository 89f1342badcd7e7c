import { type Hear, type Listener, onlyCounts } from "@leasehold/core/connector";
import type { Log } from "../world/index.ts";
import { understood } from "./understood.ts";

/** Who may have something to say to an event that came another way than by its bus. */
export interface Ear {
  readonly id: string;
  readonly listens?: Listener<unknown> | undefined;
}

/**
 * What the connectors that hear a bus make of an event which came another way. No rule has chosen it, so their schemas do: each reads
 * what it knows, and of what is left nothing is kept. What names a call of theirs and is of another shape is said, by its id alone.
 */
export function hearing(ears: readonly Ear[], log: Log): Hear {
  const listeners = ears.flatMap(({ id, listens }) => (listens && !onlyCounts(listens) ? [{ id, listens }] : []));
  return (event) =>
    listeners.flatMap(({ id, listens }) => {
      const said = understood(listens, event);
      if ("signals" in said) return said.signals;
      if (isOfTheirs(said.where)) log("warn", "event not understood", { connector: id, ...said });
      return [];
    });
}

/** A call by its service and name is somebody's or it is not; whatever else of it cannot be read, it was theirs. */
const isOfTheirs = (where: string): boolean =>
  where !== "" && !where.split(", ").some((path) => CHOOSES.includes(path));
const CHOOSES: readonly string[] = ["source", "detail-type", "detail", "detail.eventSource", "detail.eventName"];
