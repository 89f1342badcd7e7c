import { parseArgs } from "node:util";
import { badInput } from "@leasehold/core/kernel";
import type { Call, Command, Flag } from "../command/index.ts";
import { nearest } from "./nearest.ts";

type Flags = Readonly<Record<string, Flag>>;

export const optionsOf = (flags: Flags) =>
  Object.fromEntries(
    Object.entries(flags).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ("boolean" as const) : ("string" as const) },
    ]),
  );

/** The words after a command: counted, and every flag known. What is wrong is named, and what was meant perhaps. */
export function parse(
  words: string,
  command: Command,
  argv: readonly string[],
  globals: Flags,
): Pick<Call, "args" | "flags"> {
  const known: Flags = { ...globals, ...command.flags };
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options: optionsOf(known),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const flags: Record<string, string | true> = {};
  for (const token of tokens) if (token.kind === "option") flags[token.name] = givenTo(words, known, token);
  const args = positionals.slice(words.split(" ").length);
  counted(words, command, args);
  return { args, flags };
}

interface Token {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

function givenTo(words: string, known: Flags, { name, rawName, value }: Token): string | true {
  const flag = known[name];
  if (flag === undefined) {
    const near = nearest(name, Object.keys(known));
    throw badInput("there is no such flag", {
      command: words,
      flag: rawName,
      ...(near !== undefined && { nearest: `--${near}` }),
    });
  }
  if (flag.value === undefined) {
    if (value === undefined) return true;
    throw badInput("this flag takes no value", { command: words, flag: rawName });
  }
  if (value !== undefined && value !== "" && !value.startsWith("--")) return value;
  throw badInput("this flag needs a value", { command: words, flag: rawName, value: flag.value });
}

function counted(words: string, { args: wanted }: Command, args: readonly string[]): void {
  const least = wanted.filter((one) => one.startsWith("<")).length;
  const most = wanted.some((one) => one.endsWith("…>")) ? Number.POSITIVE_INFINITY : wanted.length;
  const usage = ["leasehold", words, ...wanted].join(" ");
  if (args.length < least) throw badInput("something is missing", { missing: wanted[args.length] ?? "", usage });
  if (args.length > most) throw badInput("this is one argument too many", { argument: args[most] ?? "", usage });
}
