import { type Call, type Command, type Exit, GLOBALS, type Io, type Report } from "../command/index.ts";
import { type CommandName, commands } from "../commands/index.ts";
import { plain, plainLines } from "../terminal/index.ts";
import { explained, linesOf } from "./explain.ts";
import { find, groupHelp } from "./find.ts";
import { commandHelp, generalHelp } from "./help.ts";
import { parse } from "./parse.ts";
import { checkStage } from "./stage-flags.ts";

/** One command line from its words to its exit code. It never ends the process, and it throws nothing. */
export async function run(argv: readonly string[], io: Io): Promise<Exit> {
  const json = argv.includes("--json");
  try {
    return await answered(argv, io);
  } catch (error) {
    const { fault, exit, frames } = explained(error);
    if (json) io.stdout.write(`${JSON.stringify({ error: fault }, null, 2)}\n`);
    else io.stderr.write(`${[...linesOf(fault), ...frames].map(plain).join("\n")}\n`);
    return exit;
  }
}

async function answered(argv: readonly string[], io: Io): Promise<Exit> {
  const { words, wantsHelp } = find(argv);
  if (words === undefined) return print(io, wantsHelp.json, { json: { help: await general() }, text: await general() });
  if (!(words in commands)) {
    const lines = await groupHelp(words);
    return print(io, wantsHelp.json, { json: { help: lines }, text: lines });
  }
  const command = await commands[words as CommandName]();
  if (wantsHelp.asked) {
    const lines = commandHelp(words, command);
    return print(io, wantsHelp.json, { json: { help: lines }, text: lines });
  }
  const call = callOf(words, command, argv, io);
  const report = await command.run(call);
  const quiet = call.flags["quiet"] === true && call.flags["json"] !== true;
  return quiet ? (report.exit ?? 0) : print(io, call.flags["json"] === true, report);
}

const general = () => generalHelp(commands);

/** Each text is one line: a name from outside that has a line end in it must not begin another. */
function print(io: Io, json: boolean, { json: value, text, exit = 0 }: Report): Exit {
  if (json) io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  else if (text.length > 0) io.stdout.write(`${text.map(plain).join("\n")}\n`);
  return exit;
}

function callOf(words: string, command: Command, argv: readonly string[], io: Io): Call {
  const { args, flags } = parse(words, command, argv, GLOBALS);
  checkStage(words, command, flags);
  const quiet = flags["quiet"] === true;
  return {
    ...{ args, flags, io },
    say: (line) => void (quiet || flags["json"] === true || io.stdout.write(`${plainLines(line)}\n`)),
    note: (line) => void (quiet || io.stderr.write(`${plain(line)}\n`)),
  };
}
