import type { Difference, Rebuilt } from "@leasehold/app/rebuild";
import { badInput, Fault } from "@leasehold/core/kernel";
import type { Call, Command } from "../../command/index.ts";
import { progressTo, withLaptop } from "../../estate/index.ts";
import { columns, count } from "../../terminal/index.ts";

/** The graph anew from the archive: says whether the one that is there is the same, or writes what follows from the signals. */
export const rebuilt: Command = {
  about: "make the graph anew from the archive: say whether it is the same, or write it",
  notOnStage:
    "a rebuild reads the whole archive, longer than a request to a stage may take: it is for a laptop's store",
  args: [],
  flags: {
    check: {
      about: "say whether the graph is what the archive makes of it, bit for bit, and change nothing (the default)",
    },
    write: {
      about: "write facts, evidence, edges and the index of owners as the archive and today's weights make them",
    },
  },
  more: [
    "Written is only what follows from signals. Cases, wind-downs, what people said and what waits to be announced stay as",
    "they are; no case is opened, and nobody is told. What the archive does not speak of is shown and left.",
    "The index of owners is as it was at the last write of each credential: time and new weights move it, --write renews it.",
    "Ctrl-C ends it between two writes; nothing is left by halves.",
  ],
  no: "the graph was not what the archive makes of it (--check), or some of it cannot be made so (--write)",
  run: (call) => {
    const write = call.flags["write"] === true;
    if (write && call.flags["check"] === true) throw badInput("give --check or --write, not both", { flag: "--check" });
    return withLaptop(call, write ? "writes" : "reads", async ({ world, isFree }) => {
      if (write && !isFree()) throw inUse();
      const { rebuild } = await import("@leasehold/app/rebuild");
      const found = await rebuild(world, { write, onProgress: progressTo(call) });
      const { left } = found.differences;
      return { json: { ...found, wrote: write }, text: linesOf(found, call), exit: left === 0 ? 0 : 1 };
    });
  },
};

const inUse = () =>
  new Fault("Conflict", "another process runs this store: end it, then run this again", { what: "store" });

const MOST = 20;

function linesOf(
  { signals, subjects, edges, equal, differences, outdated, written }: Rebuilt,
  { flags }: Pick<Call, "flags">,
): readonly string[] {
  const rows = differences.first.slice(0, MOST).map((one) => [`  ${one.what}`, saidOf(one)]);
  const more = differences.total - rows.length;
  const wrote = flags["write"] === true;
  return [
    `${count(signals, "signal")} make ${count(subjects, "subject")} and ${count(edges, "edge")}`,
    equal
      ? "the graph is the same, bit for bit"
      : `the graph ${wrote ? "was" : "is"} not the same: ${count(differences.total, "difference")}`,
    ...columns(rows),
    ...(more > 0 ? [`  … and ${more} more${differences.first.length > MOST ? ": see --json" : ""}`] : []),
    ...(outdated > 0 ? [`${count(outdated, "place")} in the index of owners moved with time or weights`] : []),
    ...(wrote
      ? [`${count(written, "write")}${differences.left > 0 ? `; ${differences.left} left as they are` : ""}`]
      : []),
    ...(!wrote && (!equal || outdated > 0) ? ["`leasehold rebuild --write` writes it as the archive makes it"] : []),
  ];
}

const saidOf = ({ is, fields }: Difference) => (is === "different" ? fields.join(", ") : is);
