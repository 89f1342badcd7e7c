import { type Hear, type Listener, onlyCounts } from "@leasehold/core/connector";
import { Signal } from "@leasehold/core/signal";
import type { Log } from "../world/index.ts";
import { notUnderstood, understood } from "./understood.ts";

/** Who may have something to say to an event that came another way than by its bus. */
export interface Ear {
  readonly id: string;
  readonly listens?: Listener<unknown> | undefined;
}

/**
 * What the connectors that hear a bus make of an event which came another way. No rule has chosen it, so their schemas do: each reads
 * what it knows, and of what is left nothing is kept. A call of theirs that is of another shape is said, by its id alone.
 */
export function hearing(ears: readonly Ear[], log: Log): Hear {
  const listeners = ears.flatMap(({ id, listens }) =>
    listens && !onlyCounts(listens) ? [{ id, listens, chooses: choosesCalls(listens) }] : [],
  );
  return (event) =>
    listeners.flatMap(({ id, listens, chooses }) => {
      const said = understood(listens, event);
      if ("signals" in said) return said.signals.filter(isTaken(event, id, log));
      if (chooses && !isAnothers(said.where)) log("warn", "event not understood", { connector: id, ...said });
      return [];
    });
}

/** Signals go on in one answer with many others, which is read whole or not at all: one too long would stand in the way of them all. */
const isTaken = (event: unknown, connector: string, log: Log) => (signal: Signal) => {
  const { error } = Signal.safeParse(signal);
  if (error !== undefined) log("warn", "event not understood", { connector, ...notUnderstood(error, event) });
  return error === undefined;
};

/** By its service and name a call is somebody's or it is not: whoever asks for neither of them hears no calls. */
function choosesCalls(listens: Listener<unknown>): boolean {
  const said = understood(listens, { source: "", "detail-type": "", detail: {} });
  return "where" in said && said.where.split(", ").includes("detail.eventName");
}

const isAnothers = (where: string): boolean => where.split(", ").some((path) => CHOSEN_BY.includes(path));
const CHOSEN_BY: readonly string[] = ["source", "detail-type", "detail.eventSource", "detail.eventName"];
