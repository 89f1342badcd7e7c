import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Bundle, bundle, HANDLERS, handlersIn } from "../../scripts/bundles.ts";
import type { Job } from "../kit/index.ts";
import { importTime, type Took } from "./import-time.ts";
import { BARE, HELLO, judged, type Timed, TRIMMED } from "./judge.ts";
import { configure, environmentOf } from "./lambda.ts";
import { table } from "./table.ts";

const PEERS = fileURLToPath(new URL("peers/", import.meta.url));
const FEWEST_ROUNDS = 15;

/** What each function weighs and how long its module takes to load, beside the bare DynamoDB client. */
export const bundleJob: Job = {
  about: "kB and import time of every function, beside the bare SDK client",
  options: {
    rounds: { type: "string", about: `how often each is loaded (${FEWEST_ROUNDS} or more; ${FEWEST_ROUNDS})` },
    only: { type: "string", about: "functions whose name contains this, or one of these with a comma between them" },
    by: { type: "string", about: "wall, or cpu: processor time, for a machine that does other things, too (wall)" },
    handlers: { type: "string", about: "the folder of the functions, if not packages/functions/src" },
  },
  run: async ({ rounds = String(FEWEST_ROUNDS), only = "", by = "wall", handlers = HANDLERS }) => {
    const times = Number(rounds);
    if (!Number.isInteger(times) || times < FEWEST_ROUNDS)
      throw new Error(`--rounds is a whole number of at least ${FEWEST_ROUNDS}: fewer say nothing on a shared machine`);
    if (by !== "wall" && by !== "cpu") throw new Error("--by is wall or cpu");
    const home = mkdtempSync(join(tmpdir(), "leasehold-bench-"));
    try {
      const ours = await bundle(found(handlers, only), handlers, { to: join(home, "ours") });
      const judgement = judged(await timed([...ours, ...(await peers(home))], times, by));
      return { lines: table(judgement), json: judgement, passed: judgement.failures.length === 0 };
    } finally {
      rmSync(home, { recursive: true });
    }
  },
};

function found(handlers: string, only: string): readonly string[] {
  const names = only.split(",");
  const files = handlersIn(handlers).filter((file) => names.some((name) => file.slice(handlers.length).includes(name)));
  if (files.length === 0) throw new Error("no function was found: look at --handlers and --only");
  return files;
}

/** The client with all that the SDK brings, the same client in a bundle like ours, and nothing at all. */
async function peers(home: string): Promise<readonly Bundle[]> {
  const [client = "", hello = ""] = [`${BARE}.ts`, `${HELLO}.ts`].map((file) => join(PEERS, file));
  const bare = await bundle([client], PEERS, { to: join(home, "bare"), whole: true });
  const alike = await bundle([client, hello], PEERS, { to: join(home, "alike") });
  return [...bare, ...alike.map((one) => (one.name === BARE ? { ...one, name: TRIMMED } : one))];
}

/** Each before and after a load of the peer, in turns, so that a slow second is a slow second for both. */
async function timed(bundles: readonly Bundle[], rounds: number, by: keyof Took): Promise<readonly Timed[]> {
  const peer = bundles.find(({ name }) => name === BARE);
  if (peer === undefined) throw new Error("the peer was not bundled");
  configure(bundles);
  const load = async (one: Bundle) => (await importTime(one.file, environmentOf(one)))[by];
  const samples = new Map(bundles.map(({ name }) => [name, { millis: [] as number[], ratios: [] as number[] }]));
  const broken = new Map<string, string>();
  await load(peer); // what comes from the disk comes from there once
  for (let round = 0; round < rounds; round += 1) {
    let before = await load(peer);
    for (const one of turned(bundles, round)) {
      if (broken.has(one.name)) continue;
      const took = await load(one).catch((error: Error) => void broken.set(one.name, reasonOf(error)));
      const after = await load(peer);
      if (took === undefined) continue;
      samples.get(one.name)?.millis.push(took);
      samples.get(one.name)?.ratios.push((2 * took) / (before + after));
      before = after;
    }
  }
  return bundles.map((one) => ({
    bundle: one,
    ...(samples.get(one.name) ?? { millis: [], ratios: [] }),
    broken: broken.get(one.name),
  }));
}

const turned = <T>(all: readonly T[], by: number): readonly T[] => [
  ...all.slice(by % all.length),
  ...all.slice(0, by % all.length),
];

/** The line of the error that says what it is; where it happened is minified, and says nothing. */
const reasonOf = ({ message }: Error): string =>
  message.split("\n").find((line) => /^(\w*Error|\w+): /.test(line) && !line.startsWith("Command")) ?? "did not load";
