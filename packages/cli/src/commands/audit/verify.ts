import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { TrailView } from "@leasehold/app/audit";
import { badInput } from "@leasehold/core/kernel";
import { checkLines, type KeptRoot, type Line, lineIn } from "@leasehold/core/trail";
import type { Call, Command, Report } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { count } from "../../terminal/index.ts";
import { against, keptRoots } from "./kept.ts";
import { everyView } from "./pages.ts";

/** Walks every chain of the audit trail from its first entry, and holds it against where it once ended. */
export const auditVerify: Command = {
  about:
    "walk every chain of the audit trail, or one, or those of an export, and compare with the roots that were kept",
  args: ["[trail]"],
  flags: {
    file: { value: "export.jsonl", about: "verify an export by itself: no store is opened and nobody is asked" },
    roots: { value: "file|dir", about: "the roots that were kept (on the laptop: the file beside the store)" },
    partly: { about: "with --file: it was exported with --since, so a trail may begin after its first entry" },
  },
  more: [
    "[trail] is a case (cas_…), with its wind-downs, or a wind-down (wdc_…).",
    "A stage's roots lie in its bucket, locked: `aws s3 sync s3://<bucket>/roots roots`, then `--roots roots`.",
    "What an export holds, and how to verify it without us, stands in docs/audit.md.",
  ],
  no: "a chain is broken: the first thing that is wrong with it is named",
  run: async (call) => {
    const kept = await keptRoots(call);
    const { file } = call.flags;
    if (typeof file === "string") return exported(call, file, kept);
    if (call.flags["partly"] === true) throw badInput("--partly is about an export: name it", { flag: "--file" });
    const [trail] = call.args;
    const hashes = kept.length > 0;
    const views =
      trail === undefined
        ? await everyView(call, hashes)
        : (await ask(call, "audit-verify", { trail, ...(hashes && { hashes }) })).answer.trails;
    return reported(against(views, kept, trail === undefined), kept);
  },
};

async function exported(call: Call, file: string, kept: readonly KeptRoot[]): Promise<Report> {
  if (call.args.length > 0) throw badInput("an export is verified whole: leave out the trail", { flag: "--file" });
  const lines: Line[] = [];
  const input = createReadStream(resolve(call.io.cwd, file), "utf8");
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (text.trim() !== "") lines.push(lineOf(text, lines.length + 1));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw badInput("this file cannot be read", { where: "--file" });
  }
  if (lines.length === 0) throw badInput("this file holds no trail, so it proves nothing", { where: "--file" });
  return reported(checkLines(lines, { kept, partly: call.flags["partly"] === true }), kept);
}

function lineOf(text: string, line: number): Line {
  const read = lineIn(parsed(text));
  if (read === undefined) throw badInput("this line is neither an entry nor where a trail ends", { line });
  return read;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reported(views: readonly TrailView[], kept: readonly KeptRoot[]): Report {
  const trails = views.map(({ hashes: _, ...view }) => view);
  const wrong = trails.filter(({ broken }) => broken !== undefined);
  const entries = trails.reduce((sum, one) => sum + one.entries, 0);
  const held = kept.length === 0 ? [] : [`compared with ${count(kept.length, "root")} kept until ${kept.at(-1)?.at}`];
  return {
    json: { whole: wrong.length === 0, trails, comparedWith: kept.length },
    text: [
      ...wrong.map(({ trail: of, broken }) => `BROKEN ${of}: ${broken}`),
      `${count(trails.length, "trail")}, ${count(entries, "entry", "entries")}: ${wrong.length === 0 ? "every chain whole" : `${wrong.length} broken`}`,
      ...held,
    ],
    exit: wrong.length === 0 ? 0 : 1,
  };
}
