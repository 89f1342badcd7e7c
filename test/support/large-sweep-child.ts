import { createHash } from "node:crypto";
import { readConfig } from "@leasehold/app/config";
import { beginSweep, goOnSweeping, sweepMark } from "@leasehold/app/sweep";
import { bind, each, type World } from "@leasehold/app/world";
import { connectors } from "@leasehold/connectors";
import { startPacer } from "@leasehold/connectors/kit";
import type { Connector } from "@leasehold/core/connector";
import { type Instant, instantOf, later, millisOf } from "@leasehold/core/kernel";
import { openFile } from "@leasehold/store/file";
import { sqliteStore } from "@leasehold/store/sqlite";
import { simulatorOf } from "./connectors.ts";
import { largeAccount } from "./large-account.ts";

/** Sweeps an account of so many users on a file, paced as IAM is, on a clock that only waiting moves. Says where it is after each page. */
const [path = "", users = "", start = ""] = process.argv.slice(2);
const FIVE_A_SECOND = {
  calls: 325,
  seconds: 60,
  burst: 25,
  change: 1,
  published: false,
  source: "https://example.com",
};

let millis = millisOf(start as Instant);
const clock = () => instantOf(millis);
const pacer = startPacer("aws", FIVE_A_SECOND, {
  millis: () => millis,
  wait: async (ms) => {
    millis += ms;
  },
});

const account = largeAccount(Number(users));
const memory = { get: () => account, set: () => {} };
const live = (await simulatorOf("aws-iam")).live(memory, clock, () => {});
const api = live.api as { readonly account: string; send(command: never): Promise<unknown> };
const paced = { account: api.account, send: (command: never) => pacer(() => api.send(command)) };
const provider = bind((await connectors["aws-iam"]()) as Connector, "observe", paced);

const file = openFile(path);
const world: World = {
  ...sqliteStore(file, clock),
  ...{ clock, log: () => {}, config: readConfig({ fallback: { email: "last@example.com" } }) },
  random: (bytes) => new Uint8Array(bytes),
  estate: { provider: () => provider, providers: () => [provider] },
  publish: async (events) => events.map(({ key }) => key),
  runs: { start: async () => {}, wake: async () => {} },
};

const marks: World["marks"] = {
  get: (source) => world.marks.get(source),
  glance: (source) => world.marks.glance(source),
  put: async (mark) => {
    await world.marks.put(mark);
    if (mark.notes["seen"] !== undefined) say({ page: mark.source });
  },
};
const say = (more: object) =>
  process.stdout.write(
    `${JSON.stringify({ calls: live.calls?.length, seconds: (millis - millisOf(start as Instant)) / 1_000, ...more })}\n`,
  );

await world.ledger.installed(clock());
if ((await world.marks.get(sweepMark("aws-iam"))) === undefined) await beginSweep(world, "aws-iam");
const swept = await goOnSweeping({ ...world, marks }, "aws-iam", later(clock(), 24));
say({ whole: swept?.whole, seen: swept?.seen, gone: swept?.gone.length, digest: await digestOf(), peak: peak() });
file.close();

/** What is known, without when it was learned. */
async function digestOf(): Promise<string> {
  const hash = createHash("sha256");
  for (const kind of ["credential", "identity"] as const)
    for await (const { value } of each((cursor) => world.graph.list(kind, cursor))) {
      const { id, facts } = value.subject;
      const values = Object.entries(facts).map(([name, fact]) => [name, fact.value]);
      hash.update(JSON.stringify([id, values.toSorted()]));
    }
  return hash.digest("hex");
}

function peak(): number {
  return process.resourceUsage().maxRSS / 1_024; // MB
}
