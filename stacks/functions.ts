import { nameOn } from "@leasehold/workflows";
import { bundling } from "./bundling.ts";
import { ship } from "./configuration.ts";
import type { policies } from "./policies.ts";
import type { queues } from "./queues.ts";
import { trust } from "./roles.ts";
import { linesOf } from "./tables/files.ts";
import type { Given } from "./tables/given.ts";
import type { Stage } from "./tables/grants.ts";
import { type Lambda, lambdasOf } from "./tables/lambdas.ts";

export type Functions = Readonly<Record<string, sst.aws.Function>>;

/** Every function, by its name in the account. */
export function functions(
  given: Given,
  stage: Stage,
  around: ReturnType<typeof queues>,
  { deny }: ReturnType<typeof policies>,
) {
  const beside = ship(given, $cli.paths.root);
  const all = lambdasOf(given, stage).map((lambda) => {
    const made = make(lambda, given, beside(lambda.vendor), deny.arn);
    inAsyncCalls(lambda, made, around);
    return [lambda.called, made] as const;
  });
  const byName: Functions = Object.fromEntries(all);
  for (const [line, run] of Object.entries(linesOf(stage))) feed(line, pick(byName, nameOn(given.stage, run)), around);
  return byName;
}

/** A function by its name; a table that names one which was never made stops the deploy. */
export function pick(functions: Functions, called: string): sst.aws.Function {
  const found = functions[called];
  if (found === undefined) throw new Error(`no function is called ${called}`);
  return found;
}

/** `leasehold-prod-wind-down-step` in the account is `WindDownStep` in the state of the stage. */
export const logicalOf = (called: string) =>
  called
    .split("-")
    .slice(2)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

type Logging = aws.types.input.lambda.FunctionLoggingConfig;

/** Lambda's own two lines about each call cost as much as ours. Our numbers are lines of level INFO, so never above that. */
const LEVELS = { systemLogLevel: "WARN", applicationLogLevel: "INFO" };

function make(lambda: Lambda, { stage, aws: { logDays } }: Given, beside: string, deny: $util.Input<string>) {
  const { called, handler, seconds, env, statements } = lambda;
  return new sst.aws.Function(called.slice(`leasehold-${stage}-`.length), {
    name: called,
    handler,
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: "512 MB",
    timeout: `${seconds} seconds`,
    logging: { format: "json" },
    nodejs: bundling,
    copyFiles: [{ from: beside, to: "leasehold.json" }],
    environment: { ...env },
    permissions: statements.map(({ actions, resources, conditions }) => ({
      actions: [...actions],
      resources: [...resources],
      ...(conditions && { conditions: conditions.map((one) => ({ ...one, values: [...one.values] })) }),
    })),
    transform: {
      role: (args) => {
        args.name = called;
        args.assumeRolePolicy = trust("lambda"); // SST 4.17.1 would let the account's root assume it, too
        args.managedPolicyArns = [deny]; // instead of AWS's own, which writes to every log of the account
      },
      logGroup: (args) => {
        args.retentionInDays = logDays;
      },
      function: (args) => {
        args.loggingConfig = $output(args.loggingConfig).apply((logging) => ({ ...logging, ...LEVELS }) as Logging);
      },
    },
  });
}

/** Raw events: a retry or two, then the rule's fenced queue is not theirs to fill. What is not raw goes to `unhandled`. */
function inAsyncCalls({ called, leaves }: Lambda, made: sst.aws.Function, { unhandled }: ReturnType<typeof queues>) {
  new aws.lambda.FunctionEventInvokeConfig(`${logicalOf(called)}Async`, {
    functionName: made.name,
    maximumRetryAttempts: 2,
    maximumEventAgeInSeconds: 21_600,
    ...(leaves && { destinationConfig: { onFailure: { destination: unhandled.arn } } }),
  });
}

const BATCHES: Readonly<Record<string, { batchSize: number; maximumBatchingWindowInSeconds: number }>> = {
  files: { batchSize: 10, maximumBatchingWindowInSeconds: 60 },
  // Somebody waits for the answer to a click, which may need two calls to a vendor: ten would not fit into one run.
  heard: { batchSize: 1, maximumBatchingWindowInSeconds: 0 },
  usage: { batchSize: 1_000, maximumBatchingWindowInSeconds: 300 }, // nobody waits, and a row is paid for once a batch
};

function feed(line: string, to: sst.aws.Function, { lines }: ReturnType<typeof queues>) {
  const from = lines[line];
  if (from === undefined) throw new Error(`no queue is called ${line}`);
  new aws.lambda.EventSourceMapping(`${line}Feed`, {
    eventSourceArn: from.waiting.arn,
    functionName: to.name,
    ...(BATCHES[line] ?? { batchSize: 10, maximumBatchingWindowInSeconds: 5 }),
    functionResponseTypes: ["ReportBatchItemFailures"],
  });
}
