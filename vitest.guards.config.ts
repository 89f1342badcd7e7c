import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Each guard taken away, one after the other, each in a copy of the sources: started by scripts/test-guards.ts. */
export default defineConfig({
  test: {
    include: ["test/guards/**/*.test.ts"],
    pool: "threads",
    passWithNoTests: false,
    maxConcurrency: availableParallelism(),
    testTimeout: 3_600_000, // each runs other tests, and those wait for no time to pass
  },
});
