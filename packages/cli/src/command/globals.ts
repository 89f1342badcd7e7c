import type { Flag } from "./model.ts";

/** What every command understands. */
export const GLOBALS = {
  store: { value: "file", about: "the store (./.leasehold/demo.db, or ./.leasehold/leasehold.db with --config)" },
  config: { value: "file", about: "leasehold.config.ts of a real estate; without it, the demo on simulators" },
  json: { about: "one JSON document on standard output, and nothing else there" },
  quiet: { about: "say nothing; the exit code is the answer" },
  help: { about: "what it does, its flags and how it ends" },
} as const satisfies Readonly<Record<string, Flag>>;
