import { resolve } from "node:path";
import type { Summary } from "@leasehold/local/history";
import type { Call, Command } from "../../command/index.ts";
import { spotOf, withLaptop } from "../../estate/index.ts";
import { columns, count, list } from "../../terminal/index.ts";
import { progressTo } from "./progress.ts";

/** History: it changes the graph only, opens no case and tells nobody. */
export const replayed: Command = {
  about: "read history into the graph: CloudTrail, EventBridge and Okta files; opens no case, tells nobody",
  notOnStage: "history is read on the laptop: a stage's own is fetched by its pollers and its daily sweep",
  args: ["<file|dir|-…>"],
  more: [
    'CloudTrail {"Records":[…]}, EventBridge events as lines or a list, Okta System Log lists; plain or gzip.',
    "What cannot be read is counted and shown by file and line; everything else is applied. The same again changes nothing.",
  ],
  no: "something could not be read; what could was applied",
  run: (call) =>
    withLaptop(call, "creates", async ({ world }) => {
      const { replay } = await import("@leasehold/local/history");
      const { cwd, stdin } = call.io;
      const summary = await replay({
        ...{ world, stdin, now: world.clock(), onProgress: progressTo(call) },
        connectors: world.estate.providers(),
        paths: call.args.map((path) => (path === "-" ? path : resolve(cwd, path))),
      });
      return { json: shown(summary, call), text: linesOf(summary, call), exit: summary.faults.total === 0 ? 0 : 1 };
    }),
};

/** Files by the names that they were given by. */
const shown = ({ ignored, faults, ...summary }: Summary, { io }: Call) => ({
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

function linesOf(
  { files, records, signals, aside, understood, ignored, faults, subjects, writes }: Summary,
  { io }: Call,
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
