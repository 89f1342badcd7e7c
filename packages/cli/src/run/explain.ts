import { Fault, type Remedy } from "@leasehold/core/kernel";
import type { Exit } from "../command/index.ts";

/** An error as a person and a program read it. */
export interface Explained {
  readonly name: string;
  readonly message: string;
  readonly facts: Fault["facts"];
  readonly next: string;
}

const REMEDIES: Readonly<Record<Remedy, readonly [Exit, string]>> = {
  retry: [3, "Nothing was lost. Wait a minute and run it again."],
  "fix-input": [2, "Correct what is named above and run it again; --help after a command shows how."],
  "grant-permission": [
    1,
    "Grant what is named above and run it again; a case that waited for it goes on with `leasehold case retry`.",
  ],
  "ask-human": [1, "The brake holds. It goes on as places come free, or when a named person releases it."],
  "free-space": [3, "Free disk space, then run it again: nothing was written by halves."],
  "fix-code": [4, "This is a bug: report it with these lines. What was written is safe, and no effect is repeated."],
};

/** A fault says what to do next. Of anything else only the class is told: its text may quote what it was given. */
export function explained(error: unknown): {
  readonly fault: Explained;
  readonly exit: Exit;
  readonly frames: readonly string[];
} {
  const fault =
    error instanceof Fault ? error : new Fault("Unexpected", "nobody expected this", { class: classOf(error) });
  const [exit, next] = REMEDIES[fault.remedy];
  const { name, message, facts } = fault;
  return { fault: { name, message, facts, next }, exit, frames: exit === 4 ? framesOf(error) : [] };
}

export function linesOf({ name, message, facts, next }: Explained): readonly string[] {
  return [
    `leasehold: ${message} (${name})`,
    ...Object.entries(facts).map(([fact, value]) => `  ${fact}: ${value}`),
    next,
  ];
}

const classOf = (error: unknown) => (error instanceof Error ? error.constructor.name : typeof error);

/** Where in the code, and nothing of what was said there. */
function framesOf(error: unknown): readonly string[] {
  const lines = error instanceof Error ? (error.stack ?? "").split("\n") : [];
  return lines.filter((line) => /^\s+at \S.*:\d+:\d+\)?$/.test(line)).slice(0, 6);
}
