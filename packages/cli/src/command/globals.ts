import type { Flag } from "./model.ts";

/** What every command understands. */
export const GLOBALS = {
  store: { value: "file", about: "the store (./.leasehold/demo.db, or ./.leasehold/leasehold.db with --config)" },
  config: { value: "file", about: "leasehold.config.ts of a real estate; without it, the demo on simulators" },
  stage: { value: "name", about: "ask a stage on AWS and not this laptop, in the name of your own AWS identity" },
  region: { value: "region", about: "with --stage: where it is (your profile's own, or AWS_REGION)" },
  profile: { value: "name", about: "with --stage: which of your AWS profiles signs (AWS_PROFILE, or the default one)" },
  url: { value: "url", about: "with --stage: its API, instead of what the stage's parameter says" },
  json: { about: "one JSON document on standard output, and nothing else there" },
  quiet: { about: "say nothing; the exit code is the answer" },
  help: { about: "what it does, its flags and how it ends" },
} as const satisfies Readonly<Record<string, Flag>>;
