import { usesIn } from "@leasehold/app/ingest";
import { openReading } from "@leasehold/app/usage";
import type { World } from "@leasehold/app/world";
import { type Broken, cloudTrailEnvelope, recordsIn } from "@leasehold/connectors/kit";
import type { Listener } from "@leasehold/core/connector";
import { createContent } from "@leasehold/core/usage";

/** Who counts: a connector's id, and how it reads a record. */
export type Ears = ReadonlyMap<string, Listener<unknown>>;

/** What came of one file. Unreadable: nothing of it was counted. */
export type Counted =
  | { readonly calls: number; readonly notUnderstood: ReadonlyMap<string, number>; readonly by: readonly string[] }
  | { readonly unreadable: Broken };

/** What fits into the function: of each call its id is held until the file ends, two million of them in all its memory. */
const MOST = {
  unpacked: 1_073_741_824, // bytes; fifty megabytes of records unpack to rather less
  records: 1_000_000, // twice as many as stand in the largest
};
const OF_ONE: readonly Broken[] = ["too large", "nested too deeply"]; // the records beside it can be read

/**
 * Counts the calls of one file, all or none of it: as they are read only their counts and ids are held, and they are written at
 * its end, under what they are. The same file again, or one that was imported before, changes nothing.
 */
export async function countFile(
  world: Pick<World, "usage" | "clock">,
  ears: Ears,
  bytes: AsyncIterable<Uint8Array>,
  most = MOST,
): Promise<Counted> {
  const counting = begun(world, ears);
  let left = most.records;
  for await (const read of recordsIn(bytes, most.unpacked)) {
    left -= 1;
    if (left < 0) return { unreadable: "larger than any file that is read" };
    if (!("broken" in read)) counting.take(read.record);
    else if (OF_ONE.includes(read.broken)) counting.leave();
    else return { unreadable: read.broken };
  }
  return counting.end();
}

function begun(world: Pick<World, "usage" | "clock">, ears: Ears) {
  const reading = openReading(world);
  const content = createContent();
  const notUnderstood = new Map<string, number>();
  const by = new Set<string>();
  const leave = (id: string) => void notUnderstood.set(id, (notUnderstood.get(id) ?? 0) + 1);
  return {
    leave: () => [...ears.keys()].forEach(leave),
    take: (record: unknown) => {
      for (const [id, listens] of ears) {
        const uses = usesOf(listens, record);
        if (uses === undefined) leave(id);
        else if (uses.length > 0) by.add(id);
        for (const use of uses ?? []) {
          content.add(use);
          reading.take(use);
        }
      }
    },
    end: async (): Promise<Counted> => {
      const sourceObject = content.name();
      const none = { calls: 0, notUnderstood, by: [] };
      if (sourceObject === undefined) return none;
      const { calls } = await reading.record({ sourceObject, approximate: false, live: true });
      return { calls, notUnderstood, by: [...by] };
    },
  };
}

/** Undefined where it is not of the shape that is read. What is no call of these services' is none, and says nothing. */
function usesOf(listens: Listener<unknown>, record: unknown) {
  const event = cloudTrailEnvelope(record);
  if (event === undefined) return [];
  const read = usesIn(listens, event);
  return "uses" in read ? read.uses : undefined;
}
