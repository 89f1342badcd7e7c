import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Bundle } from "../../scripts/bundles.ts";

const REGION = "eu-central-1";
const QUEUES = `https://sqs.${REGION}.amazonaws.com/111122223333`;

/** What Lambda and the stack put around a function, with nothing of the machine it is measured on. */
export function environmentOf({ name, file }: Pick<Bundle, "name" | "file">): Readonly<Record<string, string>> {
  return {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "none",
    AWS_LAMBDA_FUNCTION_NAME: `leasehold-bench-${name.replaceAll("/", "-")}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
    LAMBDA_TASK_ROOT: dirname(file),
    LEASEHOLD_STAGE: "bench",
    LEASEHOLD_TABLE: "leasehold-bench",
    LEASEHOLD_BUS: "leasehold-bench",
    LEASEHOLD_SIGNALS: `${QUEUES}/leasehold-bench-signals`,
    LEASEHOLD_HEARD: `${QUEUES}/leasehold-bench-heard`,
    LEASEHOLD_ARCHIVE: "leasehold-bench-archive",
    LEASEHOLD_ROOTS: "leasehold-bench-roots",
    LEASEHOLD_RAW: "[]",
    LEASEHOLD_MACHINES: `arn:aws:states:${REGION}:111122223333:stateMachine:`,
    LEASEHOLD_RIGHT: "read",
  };
}

/** The configuration that the stack writes beside each bundle: the least that there can be. */
export function configure(bundles: readonly Bundle[]): void {
  const config = { fallback: { email: "last@example.com" } };
  for (const folder of new Set(bundles.map(({ file }) => dirname(file)))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "leasehold.json"), JSON.stringify({ stage: "bench", config, declared: [] }));
  }
}
