import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "packages/connectors/kit/**/*.test.ts",
      "scripts/**/*.test.ts",
      "test/{laws,architecture,journeys}/**/*.test.ts",
    ],
    setupFiles: ["test/support/one-seed.ts"],
    exclude: ["test/journeys/mass-leave.test.ts", "test/journeys/large-sweep.test.ts"], // hundreds of people, thousands of users: `npm run test:kills`
    pool: "threads",
    passWithNoTests: false,
    maxWorkers: "100%",
    testTimeout: 600_000, // for a slow and busy machine: no test waits for time to pass
    hookTimeout: 600_000,
  },
});
