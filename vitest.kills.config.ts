import { defineConfig } from "vitest/config";

/** The long form of the kill test: `npm test` kills a few times, this one as often as LEASEHOLD_KILLS says. And hundreds who leave at once. */
export default defineConfig({
  test: {
    include: [
      "test/journeys/kill.test.ts",
      "test/journeys/import-kill.test.ts",
      "test/journeys/mass-leave.test.ts",
      "test/journeys/large-sweep.test.ts",
    ],
    env: { LEASEHOLD_KILLS: process.env["LEASEHOLD_KILLS"] ?? "50" },
    passWithNoTests: false,
    maxWorkers: "100%",
    testTimeout: 3_600_000,
  },
});
