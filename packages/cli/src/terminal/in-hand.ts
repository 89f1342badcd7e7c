import type { Completeness, InHand } from "@leasehold/core/casework";

/** Where one credential is known to lie: of copies that nothing names nobody knows. */
export const keptLine = ({ credential, places }: NonNullable<Completeness["kept"]>[number]): string =>
  `${credential}: ${places.length === 1 ? "1 known place" : `${places.length} known places`}, ${places.join(", ")}`;

/** What became of a secret of somebody else's that one who left had in hand. */
export const inHandLine = ({ location, owner, read, rotated, old }: InHand): string =>
  [
    `${location} of ${owner ?? "nobody who is known"}`,
    read === undefined ? "may be read by its policy" : `read last on ${read.slice(0, 10)}`,
    rotated === undefined ? "not rotated" : `rotated ${rotated}`,
    OLD[old],
  ].join(", ");

const OLD = {
  rejected: "the old value is not taken any more",
  "still taken": "the old value is still taken",
  "cannot be told": "whether the old value is still taken cannot be told",
} as const;
