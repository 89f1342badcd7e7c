import { resolve } from "node:path";
import { firstReport } from "@leasehold/app/import";
import { badInput } from "@leasehold/core/kernel";
import type { TrailProgress, TrailSummary } from "@leasehold/local/history";
import type { Laptop } from "@leasehold/local/laptop";
import type { Call, Command, Report } from "../../command/index.ts";
import { withLaptop } from "../../estate/index.ts";
import { count } from "../../terminal/index.ts";
import { shownSummary, summaryLines } from "../replay/index.ts";
import { reportLines } from "./report-lines.ts";

/** A trail's files, or the last ninety days of its log, as history. */
export const importCloudtrail: Command = {
  about: "read CloudTrail's files, a bucket of them or its last 90 days into the graph; opens no case, tells nobody",
  notOnStage: "history is read on the laptop: a stage's own comes by its events, its pollers and its daily sweep",
  args: ["[dir|s3://bucket/prefix]"],
  flags: {
    again: { about: "also files that an earlier run has read" },
  },
  more: [
    'Files as AWS delivers them: {"Records":[…]}, plain or gzip; also one record to a line.',
    "It goes on where a run that was killed ended. A file with a fault in it is applied as far as it can be read, and read again next time.",
  ],
  no: "something could not be read; what could was applied",
  run: (call) =>
    withLaptop(call, "creates", async (laptop) => {
      const summary = await read(call, laptop);
      return reported(call, laptop, summary);
    }),
};

async function read(call: Call, { world }: Laptop): Promise<TrailSummary> {
  const [path] = call.args;
  if (path === undefined) throw badInput("name a directory, a file or s3://bucket/prefix", { missing: "dir" });
  const { importTrail, trailFiles } = await import("@leasehold/local/history");
  const objects = await trailFiles(resolve(call.io.cwd, path));
  return importTrail({
    ...{ world, now: world.clock(), connectors: world.estate.providers(), again: call.flags["again"] === true },
    ...{ objects, total: objects.length },
    onProgress: tellTo(call),
  });
}

/** A line for every twentieth file of many, and within a file for every ten thousand records. */
function tellTo({ note }: Pick<Call, "note">): (progress: TrailProgress) => void {
  let told = 0;
  return ({ files, of, records, signals, subjects }) => {
    const step = of === undefined ? 10 : Math.max(1, Math.floor(of / 20));
    if (files % step !== 0 && files !== of && records - told < 10_000) return;
    told = records;
    const where = of === undefined ? count(files, "file") : `${files} of ${count(of, "file")}`;
    note(`read ${where}, ${count(records, "record")}: ${count(signals, "signal")} about ${count(subjects, "subject")}`);
  };
}

async function reported(call: Call, { world }: Laptop, summary: TrailSummary): Promise<Report> {
  const report = await firstReport(world);
  const { skipped, faults } = summary;
  return {
    json: { imported: shownSummary(summary, call), report },
    text: [
      ...summaryLines(summary, call),
      ...(skipped > 0 ? [`${count(skipped, "file")} read by an earlier run, and unchanged since`] : []),
      ...reportLines(report),
    ],
    exit: faults.total === 0 ? 0 : 1,
  };
}
