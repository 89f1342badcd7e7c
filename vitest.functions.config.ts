import { defineConfig } from "vitest/config";

/** The stories of test/journeys once more, behind the functions' own handlers: started by scripts/test-dynamodb.ts. */
export default defineConfig({
  test: {
    include: ["test/journeys/**/*.test.ts"],
    exclude: ["test/journeys/kill.test.ts", "test/journeys/mass-leave.test.ts", "test/journeys/large-sweep.test.ts"], // processes of its own; hundreds of people
    env: {
      LEASEHOLD_JOURNEYS: "lambda",
      POWERTOOLS_LOG_LEVEL: process.env["POWERTOOLS_LOG_LEVEL"] ?? "SILENT",
      LEASEHOLD_STAGE: "test",
    },
    pool: "threads",
    passWithNoTests: false,
    maxWorkers: "100%",
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
