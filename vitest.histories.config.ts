import { defineConfig } from "vitest/config";

/** The laws of order and repetition, and of wind-downs, in their long form: started by scripts/test-histories.ts, which says how often and from which seed. */
export default defineConfig({
  test: {
    include: [
      "test/laws/order.test.ts",
      "test/laws/wind-downs/*.test.ts",
      "packages/app/src/ingest/{ingest,races}.test.ts",
      "packages/app/src/rebuild/rebuild.test.ts",
    ],
    passWithNoTests: false,
    maxWorkers: "100%",
    testTimeout: 3_600_000, // far above: a history that fails is to end it, with its seed, and never the time
  },
});
