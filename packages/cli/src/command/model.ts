import type { LaptopOptions } from "@leasehold/local/laptop";
import type { Exit } from "./exits.ts";

/** Where a command's words go and come from. A test brings its own; nothing below ends the process. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Asks a person for a line that is not shown as it is typed; undefined where nobody sits there. */
  readonly hidden?: (prompt: string) => Promise<string>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What stands in for parts of AWS under a store; only a test brings one. */
  readonly host?: (path: string) => LaptopOptions["host"];
  /** Ends when a person wants an end (Ctrl-C). Only who asks is asked: everybody else ends at once. */
  readonly stopped: () => AbortSignal;
}
export interface Sink {
  write(text: string): unknown;
}

/** A command of the terminal. One file, and one line in the registry. */
export interface Command {
  readonly about: string; // one line
  readonly args: readonly string[]; // "<must>", "[may]", "<many…>"
  readonly flags?: Readonly<Record<string, Flag>>; // beside the global ones
  readonly more?: readonly string[]; // lines of its help
  readonly no?: string; // what exit 1 means here; undefined: it never ends so
  readonly notOnStage?: string; // why it makes no sense there, and what to do instead; undefined: it works there
  run(call: Call): Promise<Report>;
}
export interface Flag {
  readonly value?: string; // what stands after it; none: it is there or not
  readonly about: string;
}

/** One use of a command: its arguments are counted and its flags are known when it begins. */
export interface Call {
  readonly args: readonly string[];
  readonly flags: Readonly<Record<string, string | true | undefined>>;
  readonly io: Io;
  /** A line for a person, at once: for what tells as it goes. Not under --json or --quiet. */
  say(line: string): void;
  /** A line beside the answer, on standard error. Not under --quiet. */
  note(line: string): void;
}

/** What came of it: for a program, and for a person. Never a secret, never a whole event. */
export interface Report {
  readonly json: unknown;
  readonly text: readonly string[];
  readonly exit?: Exit; // undefined: fine
}
