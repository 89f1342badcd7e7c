import type { Summary } from "@leasehold/local/history";
import type { Call } from "../../command/index.ts";
import { spotOf } from "../../estate/index.ts";
import { columns, count, list } from "../../terminal/index.ts";

/** Files by the names that they were given by. */
export const shownSummary = <S extends Summary>({ ignored, faults, ...summary }: S, { io }: Pick<Call, "io">) => ({
  ...summary,
  ignored: ignored.map(({ reason, count: times, first }) => ({
    ...{ reason, count: times },
    first: first.map((place) => spotOf(place, io.cwd)),
  })),
  faults: {
    total: faults.total,
    first: faults.first.map(({ reason, ...place }) => ({ at: spotOf(place, io.cwd), reason })),
  },
});

const MOST = 20; // reasons, and lines that could not be read

/** What became of every record, for a person. */
export function summaryLines(
  { files, records, signals, aside, understood, ignored, faults, subjects, writes }: Summary,
  { io }: Pick<Call, "io">,
) {
  const kinds = Object.entries(understood).flatMap(([connector, of]) =>
    Object.entries(of).map(([kind, times]) => [`  ${connector}`, kind, times]),
  );
  const more = (all: number) => (all > MOST ? [`  … and ${all - MOST} more: see --json`] : []);
  return [
    `${count(files, "file")}, ${count(records, "record")}: ${count(signals, "signal")} about ${count(subjects, "subject")}, ${count(writes, "write")}`,
    ...(aside > 0 ? [`${count(aside, "signal")} dated in the future: kept aside until its time comes`] : []),
    ...(kinds.length > 0 ? ["Understood:", ...columns(kinds)] : []),
    ...(ignored.length > 0
      ? [
          "Not for us:",
          ...columns(
            ignored
              .slice(0, MOST)
              .map(({ reason, count: times, first }) => [
                `  ${times}`,
                reason,
                first[0] ? `first at ${spotOf(first[0], io.cwd)}` : "",
              ]),
          ),
          ...more(ignored.length),
        ]
      : []),
    ...list(
      `Could not be read: ${faults.total}`,
      faults.first.slice(0, MOST).map(({ reason, ...place }) => `${spotOf(place, io.cwd)}: ${reason}`),
    ).slice(faults.total === 0 ? 1 : 0),
    ...more(faults.total),
  ];
}
