import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { answering } from "./engine.ts";
import { type Made, mocks } from "./mocks.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PLATFORM = join(ROOT, ".sst/platform");
const BUNDLE = join(ROOT, ".sst/leasehold/bundle"); // stands for every bundle

/** One stage as `sst deploy` would make it: every resource with its inputs and options, and what was to be bundled. */
export interface Synth {
  readonly stage: string;
  readonly account: string;
  readonly region: string;
  readonly prod: boolean;
  readonly resources: readonly Made[];
  readonly builds: readonly Build[];
}
export interface Build {
  readonly handler: string;
  readonly properties: { readonly minify?: boolean };
  readonly copyFiles: readonly { readonly from: string; readonly to: string }[];
}

/** What the CLI would have put around our code before it ran it, reduced to what we use. */
interface Surroundings {
  $app: Record<string, unknown>;
  $cli: unknown;
  $dev: boolean;
  aws: unknown;
  sst: unknown;
  $config: unknown;
}

/**
 * Runs the real `sst.config.ts` under Pulumi's mocks. Mocks and SST's own registers belong to the process, so a test file
 * can do this once: vitest gives each file a process of its own.
 */
export async function synthesise(stage: string, config: string): Promise<Synth> {
  mkdirSync(BUNDLE, { recursive: true });
  writeFileSync(join(BUNDLE, "bundle.mjs"), "export const handler = async () => undefined;\n");
  process.env["LEASEHOLD_CONFIG"] = join(ROOT, config);
  const need = createRequire(join(PLATFORM, "package.json"));
  const pulumi = need("@pulumi/pulumi") as Pulumi;
  const builds: Build[] = [];
  const engine = await answering((method, given) => answer(method, given, builds));
  process.env["SST_SERVER"] = engine.url;
  try {
    const place = await placeIn(config);
    const { resources, ...given } = mocks(place);
    await pulumi.runtime.setMocks(given.monitor, "leasehold", stage, false, "organization");
    const around = await surround(stage, need);
    const { default: ours } = (await import(join(ROOT, "sst.config.ts"))) as { default: Config };
    const app = await ours.app({ stage });
    around.$app = { ...around.$app, ...app };
    const { run } = (await import(join(PLATFORM, "src/auto/run.ts"))) as { run: (program: () => unknown) => unknown };
    await pulumi.runtime.runInPulumiStack(() =>
      run(() => {
        pulumi.runtime.registerStackTransformation((seen) => void given.saw(seen));
        return ours.run();
      }),
    );
    await pulumi.runtime.disconnect(); // without this most resources are not there yet
    return { stage, ...place, prod: app.protect, resources: resources(), builds };
  } finally {
    engine.close();
  }
}

interface Pulumi {
  readonly runtime: {
    setMocks(monitor: unknown, project: string, stack: string, preview: boolean, organization: string): Promise<void>;
    runInPulumiStack(program: () => unknown): Promise<unknown>;
    registerStackTransformation(see: (seen: { type: string; name: string; opts: object }) => undefined): void;
    disconnect(): Promise<void>;
  };
}
interface Config {
  app(input: { stage: string }): Promise<{ protect: boolean }>;
  run(): Promise<unknown>;
}

async function placeIn(config: string): Promise<{ account: string; region: string }> {
  const read = (await import(pathToFileURL(join(ROOT, config)).href)) as {
    default: { aws: { account: string; region: string } };
  };
  return read.default.aws;
}

async function surround(stage: string, need: NodeJS.Require): Promise<Surroundings> {
  const around = globalThis as unknown as Surroundings;
  const paths = { root: ROOT, work: join(ROOT, ".sst"), platform: PLATFORM, home: ROOT };
  around.$dev = false;
  around.$cli = { command: "deploy", dev: false, paths, state: { version: {} } };
  around.$app = { name: "leasehold", stage, providers: { aws: {} } };
  around.aws = need("@pulumi/aws");
  Object.assign(around, await import(join(PLATFORM, "src/shim/run.js")));
  around.sst = await import(join(PLATFORM, "src/components/index.ts"));
  return around;
}

/** What the CLI's own process answers to its child: where assets go, and where a bundle lies. */
function answer(method: string, given: Record<string, unknown>, builds: Build[]): unknown {
  if (method === "Provider.Aws.Bootstrap") return { asset: `assets-${String(given["region"])}` };
  if (method !== "Runtime.Build") throw new Error(`nobody answers ${method}`);
  const build = given as unknown as Build;
  if (!existsSync(join(ROOT, build.handler.replace(/[.]handler$/, ".ts")))) missing.push(build.handler);
  builds.push(build);
  return {
    handler: `bundle${extname(build.handler)}`,
    out: BUNDLE,
    errors: [],
    sourcemaps: [],
  };
}

/** Handlers that were to be bundled and are no files. */
export const missing: string[] = [];
