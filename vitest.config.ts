import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "packages/connectors/kit/**/*.test.ts",
      "test/{laws,architecture,journeys}/**/*.test.ts",
    ],
    pool: "threads",
    passWithNoTests: false,
  },
});
