import { usesIn } from "@leasehold/app/ingest";
import { openReading } from "@leasehold/app/usage";
import type { World } from "@leasehold/app/world";
import type { Listener } from "@leasehold/core/connector";
import { createContent, type Use } from "@leasehold/core/usage";
import type { Gather } from "./import-trail.ts";
import { delivered, type Hearing } from "./understand.ts";

/** What was counted so far, each source object once, however often it was met. */
export interface Counted {
  readonly calls: number;
  readonly credentials: number;
  readonly tooOld: number; // calls from before the days that are kept
  readonly ahead: number; // calls dated in the future
  readonly by: readonly string[]; // the connectors that count; none: nothing is counted
}

/**
 * `content`: a file's calls are kept under a digest of what they are, so that the same file in another place, packed or under
 * another name is the same one. `place`: under the name of the page that told of them; these are approximate, because the
 * trail's own files may tell of them, too.
 */
export type KnownBy = "content" | "place";

type Counts = Listener<unknown> & Required<Pick<Listener<unknown>, "usesOf">>;

/** Counts the calls of every record that an import reads. Of a file it holds the counts and the ids of its calls, and nothing else. */
export function counting(
  world: Pick<World, "usage" | "clock">,
  connectors: readonly Hearing[],
  knownBy: KnownBy,
): { readonly gather: Gather; counted(): Counted } {
  const counters = connectors.filter((one) => one.listens?.usesOf !== undefined);
  const listeners = counters.map(({ listens }) => listens as Counts);
  const objects = new Set<string>();
  const credentials = new Set<string>();
  const sum = { calls: 0, tooOld: 0, ahead: 0 };
  const gather: Gather = (name) => {
    const reading = openReading(world);
    const content = createContent();
    const used = new Set<string>();
    return {
      take: (record) => {
        for (const use of listeners.flatMap((listens) => usesOf(listens, record))) {
          content.add(use);
          if (reading.take(use)) used.add(use.credential);
        }
      },
      end: async () => {
        const known = content.name();
        if (known === undefined) return;
        const sourceObject = knownBy === "content" ? known : name;
        const { calls, tooOld, ahead } = await reading.record({ sourceObject, approximate: knownBy === "place" });
        if (objects.has(sourceObject)) return;
        objects.add(sourceObject);
        for (const one of used) credentials.add(one);
        sum.calls += calls;
        sum.tooOld += tooOld;
        sum.ahead += ahead;
      },
    };
  };
  return {
    gather,
    counted: () => ({ ...sum, credentials: credentials.size, by: counters.map(({ id }) => id) }),
  };
}

/** What is not of the shape that it reads was not a call: whoever reads the same record for the graph says what is wrong with it. */
function usesOf(listens: Counts, record: unknown): readonly Use[] {
  return delivered(listens, record).flatMap((event) => {
    const read = usesIn(listens, event);
    return "uses" in read ? read.uses : [];
  });
}
