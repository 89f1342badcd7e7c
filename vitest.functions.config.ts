import { defineConfig } from "vitest/config";

const journey = (name: string) => `test/journeys/${name}.test.ts`;

/** Processes of their own, and hundreds of people. */
const NEVER = ["kill", "mass-leave", "large-sweep", "import-kill"];

/** Weeks upon weeks, each a minute or two of requests here. LEASEHOLD_JOURNEYS_ALL=1 has them too: .github/workflows/search.yml. */
const AT_NIGHT = [
  ...["used-after", "answers", "desks-down", "mover", "departures", "other-hands", "contractor", "history"],
  ...["stuck", "leaked-key", "runtime-sessions", "silent-feed"],
];
const all = process.env["LEASEHOLD_JOURNEYS_ALL"] === "1";

/** The stories of test/journeys once more, behind the functions' own handlers: started by scripts/test-dynamodb.ts. */
export default defineConfig({
  test: {
    include: ["test/journeys/**/*.test.ts"],
    exclude: [...NEVER, ...(all ? [] : AT_NIGHT)].map(journey),
    env: {
      LEASEHOLD_JOURNEYS: "lambda",
      POWERTOOLS_LOG_LEVEL: process.env["POWERTOOLS_LOG_LEVEL"] ?? "SILENT",
      LEASEHOLD_STAGE: "test",
    },
    pool: "threads",
    passWithNoTests: false,
    maxWorkers: "100%",
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
