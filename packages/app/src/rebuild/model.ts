import type { Indexed } from "../ingest/index.ts";
import type { World } from "../world/index.ts";

export type RebuildPorts = Pick<World, "graph" | "archive" | "clock">;

export interface How {
  readonly write: boolean; // false: it only looks
  readonly onProgress?: OnProgress;
  readonly most?: number; // subjects in memory at once
  readonly index?: (...of: Parameters<typeof import("../ingest/index.ts").indexed>) => Indexed;
}

/** Told every few thousand signals or subjects, and waited for: what it throws ends the work between two writes. */
export type OnProgress = (progress: Progress) => void | Promise<void>;
export interface Progress {
  readonly does: "reads" | "compares";
  readonly done: number; // signals read in all passes, or subjects compared
  readonly of: number | undefined; // nobody knows how long an archive is before it was read once
}

/** One thing in which the graph is not what the archive makes of it. */
export interface Difference {
  readonly what: string; // a subject, or an edge: from/rel/to
  readonly fields: readonly string[]; // of it; none: all of it
  readonly is: "missing" | "not in the archive" | "different";
}
export interface Rebuilt {
  readonly signals: number;
  readonly subjects: number;
  readonly edges: number;
  readonly passes: number; // over the archive
  readonly equal: boolean; // bit for bit, as it was found
  readonly differences: {
    readonly total: number; // as they were found
    readonly left: number; // that nothing was done about: what the archive does not speak of stays
    readonly first: readonly Difference[];
  };
  readonly outdated: number; // places in the index of owners that time or other weights have moved
  readonly written: number; // of nodes and edges
}
