import type { Instant } from "@leasehold/core/kernel";
import type { Mark, World } from "../world/index.ts";

/** One thing that an import reads whole: a file, an object of a bucket, a window of a log. */
export interface Source {
  readonly source: string; // its name, the same in every run
  readonly stamp: string; // its ETag, or its size and the time of its last change
}

const DONE = "done";

/** Whether an earlier run read all of it, as it is now. */
export async function isDone({ marks }: Pick<World, "marks">, { source, stamp }: Source): Promise<boolean> {
  const mark = await marks.get(source);
  return mark !== undefined && mark.stamp === stamp && mark.notes["state"] === DONE;
}

/** Said only after all of it was joined: a crash before reads it again, which changes nothing. */
export const markDone = (
  { marks }: Pick<World, "marks">,
  { source, stamp }: Source,
  at: Instant,
  counts: Readonly<Record<string, number>> = {},
): Promise<void> => marks.put({ source, stamp, at, notes: { ...counts, state: DONE } });

/** Where to go on within it; undefined at its beginning, or where it is another by now. */
export async function goOnFrom(
  { marks }: Pick<World, "marks">,
  { source, stamp }: Source,
): Promise<Mark["notes"] | undefined> {
  const mark = await marks.get(source);
  return mark === undefined || mark.stamp !== stamp || mark.notes["state"] === DONE ? undefined : mark.notes;
}

export const markPart = (
  { marks }: Pick<World, "marks">,
  { source, stamp }: Source,
  at: Instant,
  notes: Mark["notes"],
): Promise<void> => marks.put({ source, stamp, at, notes: { ...notes, state: "part" } });
