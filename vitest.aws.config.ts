import { defineConfig } from "vitest/config";

const corpora = process.env["LEASEHOLD_CORPORA"] !== undefined;
if (!corpora) console.log("not run: the inventory of the corpora, for LEASEHOLD_CORPORA is not set");

/** What is held against moto: started by scripts/test-aws.ts, which says where it is. Each file has a server to itself. */
export default defineConfig({
  test: {
    include: ["test/aws/**/*.test.ts", "test/units/store.test.ts"],
    exclude: corpora ? [] : ["test/aws/inventory.test.ts"],
    pool: "threads",
    passWithNoTests: false,
    maxWorkers: "100%",
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
