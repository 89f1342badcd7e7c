import { defineConfig } from "vitest/config";

/** The real stacks under Pulumi's mocks: one stage for each file, and a process for each, because the mocks are the process's. */
export default defineConfig({
  test: {
    include: ["test/infra/**/*.test.ts"],
    pool: "forks",
    isolate: true,
    passWithNoTests: false,
    maxWorkers: "100%",
    testTimeout: 600_000,
    hookTimeout: 600_000,
    server: { deps: { inline: [/[.]sst[\\/]platform[\\/]src/] } },
  },
});
