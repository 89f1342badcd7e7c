import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { badInput } from "@leasehold/core/kernel";
import type { Call, Command } from "../../command/index.ts";
import { columns, count } from "../../terminal/index.ts";

const MOST = 10_000; // people; beyond it the files are larger than anybody reads

/** An invented organisation, to try the product on and to measure it with: nothing of anybody's is in it. */
export const demoGenerate: Command = {
  about: "write an invented organisation as its vendors' own files, with the truth beside them",
  notOnStage: "it writes files on this machine and asks nobody",
  args: [],
  flags: {
    people: { value: "number", about: `how many work there (100; ${MOST} at most)` },
    seed: { value: "number", about: "the same seed gives the same organisation (1)" },
    out: { value: "dir", about: "where to: a new or an empty directory (./estate-<people>-<seed>)" },
  },
  more: [
    "`leasehold replay <dir>/cloudtrail <dir>/okta` reads its history; truth.json says who is accountable for what.",
    "`npm run bench -- attribution --estate <dir>` measures us against it.",
  ],
  run: async (call) => {
    const [people, seed] = [whole(call, "people", 100, MOST), whole(call, "seed", 1, Number.MAX_SAFE_INTEGER)];
    const { out } = call.flags;
    const to = resolve(call.io.cwd, typeof out === "string" ? out : `estate-${people}-${seed}`);
    await emptied(to);
    const { filesOf, generate } = await import("@leasehold/local/estates");
    const estate = generate({ people, seed });
    const files = filesOf(estate);
    for (const [name, text] of Object.entries(files)) await written(join(to, name), text);
    const counts = {
      people,
      credentials: estate.truth.credentials.length,
      records: estate.cloudtrail.length + estate.okta.length + estate.github.length,
      files: Object.keys(files).length,
    };
    return { json: { out: to, seed, ...counts }, text: [`written to ${to}`, ...columns(linesOf(counts))] };
  },
};

const linesOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([what, many]) => [`  ${what}`, String(many)]);

function whole({ flags }: Call, flag: string, otherwise: number, most: number): number {
  const given = flags[flag];
  const value = given === undefined ? otherwise : Number(given);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw badInput(`this flag takes a whole number from 1 to ${most}`, { where: `--${flag}` });
}

/** Nobody's files are written over. */
async function emptied(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw badInput("this is not a directory that can be written to", { where: "--out" });
  });
  if (found.length > 0)
    throw badInput(`this directory is not empty: ${count(found.length, "entry", "entries")}`, { where: "--out" });
}

async function written(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch {
    throw badInput("this directory cannot be written to", { where: "--out", path });
  }
}
