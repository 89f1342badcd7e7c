import { defineConfig } from "vitest/config";

/** Real events, of which no machine but a developer's has the folder: LEASEHOLD_CORPORA names it. */
export default defineConfig({
  test: {
    include: ["test/corpora/**/*.test.ts"],
    globalSetup: ["test/corpora/folder.ts"],
    pool: "threads",
    passWithNoTests: false,
    maxWorkers: "100%",
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
