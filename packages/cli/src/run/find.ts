import { parseArgs } from "node:util";
import { badInput } from "@leasehold/core/kernel";
import { GLOBALS } from "../command/index.ts";
import { commands } from "../commands/index.ts";
import { nearest } from "./nearest.ts";
import { optionsOf } from "./parse.ts";

export interface Found {
  readonly words: string | undefined; // of a command, or of a group of them; undefined: none was named
  readonly wantsHelp: { readonly asked: boolean; readonly json: boolean };
}

const NAMES = Object.keys(commands);
const groups = new Set(NAMES.flatMap((name) => (name.includes(" ") ? [name.split(" ")[0]] : [])));

/** Which command is meant: its words stand before everything that is its own. */
export function find(argv: readonly string[]): Found {
  const { positionals, values } = parseArgs({
    args: [...argv],
    options: optionsOf(GLOBALS),
    strict: false,
    allowPositionals: true,
  });
  const wantsHelp = { asked: values["help"] === true, json: values["json"] === true };
  const [first, second] = positionals;
  if (first === undefined) return { words: undefined, wantsHelp };
  const pair = `${first} ${second ?? ""}`.trim();
  const words = [pair, first].find((name) => NAMES.includes(name));
  if (words !== undefined) return { words, wantsHelp };
  if (!groups.has(first)) throw unknown(first);
  if (second === undefined && wantsHelp.asked) return { words: first, wantsHelp };
  throw second === undefined
    ? badInput("this command has several parts: say which", { command: first, parts: partsOf(first).join(", ") })
    : unknown(pair);
}

function unknown(words: string) {
  const near = nearest(words, NAMES);
  return badInput("there is no such command", {
    command: words,
    ...(near !== undefined && { nearest: near }),
    all: "leasehold --help",
  });
}

const partsOf = (group: string) => NAMES.filter((name) => name.startsWith(`${group} `));

export async function groupHelp(group: string): Promise<readonly string[]> {
  const rows = await Promise.all(
    Object.entries(commands)
      .filter(([name]) => name.startsWith(`${group} `))
      .map(async ([name, load]) => {
        const { about, args } = await load();
        return [["leasehold", name, ...args].join(" "), `    ${about}`];
      }),
  );
  return rows.flat();
}
