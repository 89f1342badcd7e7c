import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import { badInput } from "@leasehold/core/kernel";
import { isEntry } from "@leasehold/core/trail";
import type { Call, Command } from "../../command/index.ts";
import { count } from "../../terminal/index.ts";
import { everyLine } from "./pages.ts";

/** The trail as lines of JSON, for whoever keeps and verifies it somewhere else. */
export const auditExport: Command = {
  about: "the audit trail as lines of JSON, each an entry; `audit verify --file` verifies them anywhere",
  args: ["[case]"],
  flags: {
    all: { about: "every trail that there is" },
    since: { value: "span", about: "90d, 24h, or an instant: only what was written since" },
    out: { value: "file", about: "where to: a new file (the terminal)" },
  },
  more: [
    "[case] is a case (cas_…), with its wind-downs, or a wind-down (wdc_…), with its case.",
    "After the last entry of a trail a line says where it ends. People stand in it as account ids, and no secret at all.",
  ],
  run: async (call) => {
    const [id] = call.args;
    const { all, since, out } = call.flags;
    if ((id === undefined) !== (all === true))
      throw badInput("say which: a case, or every trail with --all", { flag: "--all" });
    const input = { ...(id !== undefined && { id }), ...(typeof since === "string" && { since }) };
    if (typeof out !== "string" && call.flags["json"] !== true) {
      for await (const line of everyLine(call, input)) call.io.stdout.write(`${JSON.stringify(line)}\n`);
      return { json: null, text: [] };
    }
    return typeof out === "string" ? toFile(call, input, out) : asDocument(call, input);
  },
};

type Input = Parameters<typeof everyLine>[1];

async function asDocument(call: Call, input: Input) {
  const lines = [];
  for await (const line of everyLine(call, input)) lines.push(line);
  return { json: { lines }, text: [] };
}

/** Nobody's file is written over. */
async function toFile(call: Call, input: Input, out: string) {
  const file = createWriteStream(resolve(call.io.cwd, out), { flags: "wx" });
  const opened = await once(file, "open").catch((error: NodeJS.ErrnoException) => error);
  if (opened instanceof Error) throw badInput(whyNot(opened), { where: "--out" });
  const told = { trails: 0, entries: 0 };
  for await (const line of everyLine(call, input)) {
    if (!file.write(`${JSON.stringify(line)}\n`)) await once(file, "drain");
    told[isEntry(line) ? "entries" : "trails"] += 1;
  }
  file.end();
  await once(file, "finish");
  const said = `${count(told.trails, "trail")}, ${count(told.entries, "entry", "entries")} written to ${out}`;
  return { json: { out, ...told }, text: [said, `verify it anywhere: leasehold audit verify --file ${out}`] };
}

const whyNot = ({ code }: NodeJS.ErrnoException) =>
  code === "EEXIST" ? "this file is there already: name a new one" : "this file cannot be written";
