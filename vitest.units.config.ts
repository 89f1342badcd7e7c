import { defineConfig } from "vitest/config";

/** What needs a DynamoDB: started by scripts/test-dynamodb.ts, which says where it is. */
export default defineConfig({
  test: {
    include: ["test/units/**/*.test.ts"],
    pool: "threads",
    passWithNoTests: false,
    maxWorkers: "100%",
    testTimeout: 60_000,
  },
});
