import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instantOf } from "@leasehold/core/kernel";
import { demoEvents, demoHistory } from "@leasehold/local/demo";
import type { Exit, Io } from "../command/index.ts";
import { run } from "../run/index.ts";

export interface Ran {
  readonly exit: Exit;
  readonly out: string;
  readonly err: string;
}

/** A directory of its own, and a terminal in it. */
export interface Trial {
  readonly home: string;
  run(...argv: readonly string[]): Promise<Ran>;
  /** With `--json`: the document, and nothing else may stand there. */
  json<T = Record<string, never>>(...argv: readonly string[]): Promise<T>;
  /** Feeds the standard input to the next command. */
  pipe(text: string): void;
  write(name: string, content: string | Uint8Array): string;
  close(): void;
}

/** In memory where the system has room for that: what a test waits for is then its own work, and not the disk. */
const ROOM = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

export function estate(): Trial {
  const home = mkdtempSync(join(ROOM, "leasehold-cli-"));
  let piped = "";
  const trial = async (...argv: readonly string[]): Promise<Ran> => {
    const [out, err]: [string[], string[]] = [[], []];
    const exit = await run(argv, ioOf(home, piped, out, err));
    piped = "";
    return { exit, out: out.join(""), err: err.join("") };
  };
  return {
    home,
    run: trial,
    json: async (...argv) => JSON.parse((await trial(...argv, "--json")).out),
    pipe: (text) => {
      piped = text;
    },
    write: (name, content) => {
      const path = join(home, name);
      writeFileSync(path, content);
      return path;
    },
    close: () => rmSync(home, { recursive: true }),
  };
}

const ioOf = (cwd: string, piped: string, out: string[], err: string[]): Io => ({
  ...{ cwd, env: {}, stopped: () => new AbortController().signal },
  stdout: { write: (text) => out.push(text) },
  stderr: { write: (text) => err.push(text) },
  stdin: (async function* () {
    if (piped !== "") yield Buffer.from(piped);
  })(),
});

const now = () => instantOf(Date.now());
let known: Trial | undefined;

/** Example Corp as a new user has it: history imported, everything listed, nobody gone. The same in every test, and each has its own. */
export async function corp(): Promise<Trial> {
  if (known === undefined) {
    known = estate();
    known.write("history.json", JSON.stringify(demoHistory(now())));
    await known.run("replay", "history.json");
    await known.run("sweep");
  }
  const own = estate();
  mkdirSync(join(own.home, ".leasehold"));
  copyFileSync(join(known.home, ".leasehold", "demo.db"), join(own.home, ".leasehold", "demo.db"));
  own.write("sue.json", JSON.stringify(demoEvents.sueLeaves(now())));
  own.write("nia.json", JSON.stringify([demoEvents.niaLeaves(now())]));
  own.write("nia-returns.json", JSON.stringify([demoEvents.niaReturns(now())]));
  own.write("pat.json", JSON.stringify([demoEvents.patLeaves(now())]));
  return own;
}
