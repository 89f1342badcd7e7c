import { resolve } from "node:path";
import { firstReport } from "@leasehold/app/import";
import { badInput } from "@leasehold/core/kernel";
import type { Counted, LookupSummary, Pause, TrailProgress, TrailSummary } from "@leasehold/local/history";
import type { Laptop } from "@leasehold/local/laptop";
import type { Call, Command, Report } from "../../command/index.ts";
import { withLaptop } from "../../estate/index.ts";
import { count, list } from "../../terminal/index.ts";
import { shownSummary, summaryLines } from "../replay/index.ts";
import { PLACE_FLAGS, placeOf } from "./place.ts";
import { reportLines } from "./report-lines.ts";

/** A trail's files, or the last ninety days of its log, as history. */
export const importCloudtrail: Command = {
  about: "read CloudTrail's files, a bucket of them or its last 90 days into the graph; opens no case, tells nobody",
  notOnStage: "history is read on the laptop: a stage's own comes by its events, its pollers and its daily sweep",
  args: ["[dir|file|s3://bucket/prefix]"],
  flags: {
    lookup: { about: "no files: ask CloudTrail for the management events of its last 90 days, two requests a second" },
    days: { value: "number", about: "--lookup: so many days back, today among them (90)" },
    ...PLACE_FLAGS,
    again: { about: "also files that an earlier run has read" },
  },
  more: [
    'Files as AWS delivers them: {"Records":[…]}, plain or gzip; also one record to a line.',
    "Calls are counted by credential and hour, where aws-cloudtrail is configured: `leasehold used <credential>`.",
    "It goes on where a run that was killed ended. A file with a fault in it is applied as far as it can be read, and read again next time.",
  ],
  no: "something could not be read; what could was applied",
  run: (call) =>
    withLaptop(call, "creates", async (laptop) => {
      const summary = await read(call, laptop);
      return reported(call, laptop, summary);
    }),
};

type Read = TrailSummary & Partial<Pick<LookupSummary, "stopped">> & { readonly used: Counted };

async function read(call: Call, laptop: Laptop): Promise<Read> {
  const { world } = laptop;
  const { args, flags, io } = call;
  const history = await import("@leasehold/local/history");
  const connectors = world.estate.providers();
  const { gather, counted } = history.counting(world, connectors, args[0] === undefined ? "place" : "content");
  const how = {
    ...{ world, now: world.clock(), connectors, again: flags["again"] === true, gather },
    onProgress: tellTo(call),
  };
  const [path] = args;
  if ((path === undefined) === (flags["lookup"] === undefined))
    throw badInput("name either a directory or s3://bucket/prefix, or --lookup", { missing: "dir" });
  if (path === undefined) {
    const { regions, ...place } = placeOf(call, laptop);
    const days = daysOf(flags["days"]);
    const { ask } = history.overAws(place, regions[0] ?? "us-east-1");
    const found = await history.importLookup({
      ...how,
      account: place.account,
      regions,
      days,
      ask,
      pause: pauseOf(call),
    });
    return { ...found, used: counted() };
  }
  const at = history.bucketIn(path);
  if (at === undefined) {
    const objects = await history.trailFiles(resolve(io.cwd, path));
    const found = await history.importTrail({ ...how, objects, total: objects.length });
    return { ...found, used: counted() };
  }
  const { regions, ...place } = placeOf(call, laptop);
  const [region = ""] = regions;
  const bucket = history.overAws(place, region).bucket({ bucket: at.bucket, region });
  const found = await history.importTrail({ ...how, objects: history.trailBucket(bucket, at.prefix, pauseOf(call)) });
  return { ...found, used: counted() };
}

/** The one place here where real time passes. A wait that a person would notice is told. */
const pauseOf = ({ note }: Pick<Call, "note">): Pause => ({
  millis: () => Date.now(),
  wait: (millis) => {
    if (millis >= 1_000) note(`AWS is busy, or does not answer: asked again in ${Math.ceil(millis / 1_000)} s`);
    return new Promise((done) => void setTimeout(done, millis));
  },
});

const MOST = 90; // CloudTrail keeps no more

function daysOf(flag: string | true | undefined): number {
  const days = flag === undefined ? MOST : Number(flag);
  if (Number.isInteger(days) && days >= 1 && days <= MOST) return days;
  throw badInput(`this flag takes a whole number from 1 to ${MOST}`, { flag: "--days" });
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

async function reported(call: Call, { world }: Laptop, summary: Read): Promise<Report> {
  const report = await firstReport(world);
  const { skipped, faults, stopped = [] } = summary;
  return {
    json: { imported: shownSummary(summary, call), report },
    text: [
      ...summaryLines(summary, call),
      ...usedLines(summary.used),
      ...(skipped > 0 ? [`${count(skipped, "file")} read by an earlier run, and unchanged since`] : []),
      ...list(
        "Not looked up to the end; run it again:",
        stopped.map(({ region, because, next }) => `${region}: ${because}${next === undefined ? "" : `, ${next}`}`),
      ),
      ...reportLines(report),
    ],
    exit: faults.total === 0 && stopped.length === 0 ? 0 : 1,
  };
}

function usedLines({ calls, credentials, tooOld, ahead, by }: Counted): readonly string[] {
  if (by.length === 0) return ["No call was counted: the configuration names no connector that counts them"];
  return [
    `${count(calls, "call")} of ${count(credentials, "credential")} counted`,
    ...(tooOld > 0 ? [`${count(tooOld, "call")} from before the days that are kept: not counted`] : []),
    ...(ahead > 0
      ? [`${count(ahead, "call")} dated in the future: not counted; in their time, import again with --again`]
      : []),
  ];
}
