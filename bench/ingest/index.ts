import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Job, whole } from "../kit/index.ts";
import { barsOf, linesOf, type Round } from "./judge.ts";
import { fourRows, log, ours, type Side } from "./sides.ts";
import { stream } from "./stream.ts";

/** How fast signals come into the laptop's store for good, beside what an append and a sync cost, and beside four rows in SQLite. */
export const ingestJob: Job = {
  about: "signals a second into the laptop's store, durable, beside a log that is synced and four rows in SQLite",
  alone: true,
  options: {
    signals: { type: "string", about: "how many (1000000)" },
    batch: { type: "string", about: "how many to each sync (200, as `leasehold replay` takes them)" },
    round: { type: "string", about: "how many one side takes before it is the next one's turn (20000)" },
  },
  run: async ({ signals = "1000000", batch = "200", round = "20000" }) => {
    const rounds = await measured(whole("signals", signals), whole("batch", batch), whole("round", round));
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1_024);
    const bars = barsOf(rounds);
    return {
      lines: linesOf(rounds, bars, { signals, batch, megabytes }),
      json: { signals: Number(signals), batch: Number(batch), megabytes, rounds, bars },
      passed: bars.every(({ held }) => held),
    };
  },
};

async function measured(count: number, batch: number, size: number): Promise<readonly Round[]> {
  const home = mkdtempSync(join(tmpdir(), "leasehold-bench-"));
  const sides: Readonly<Record<keyof Round, Side>> = { ours: ours(home), log: log(home), rows: fourRows(home) };
  try {
    const rounds: Round[] = [];
    let done = 0;
    for (const lines of portions(stream(count), size)) {
      rounds.push(await roundOf(sides, batchesOf(lines, batch), rounds.length));
      done += lines.length;
      process.stderr.write(`${done} of ${count}\n`);
    }
    return rounds;
  } finally {
    for (const side of Object.values(sides)) side.close();
    rmSync(home, { recursive: true });
  }
}

/** Each side takes the same batches, and another one is first each time. */
async function roundOf(
  sides: Readonly<Record<keyof Round, Side>>,
  batches: readonly (readonly string[])[],
  nth: number,
): Promise<Round> {
  const order = ["ours", "log", "rows"] as const;
  const signals = batches.reduce((sum, { length }) => sum + length, 0);
  const round = { ours: 0, log: 0, rows: 0 };
  for (const turn of order.keys()) {
    const side = order[(turn + nth) % order.length] ?? "ours";
    const from = performance.now();
    for (const lines of batches) await sides[side].keep(lines);
    round[side] = (1_000 * signals) / (performance.now() - from);
  }
  return round;
}

function* portions(signals: Iterable<unknown>, size: number): Generator<readonly string[]> {
  let lines: string[] = [];
  for (const signal of signals) {
    lines.push(JSON.stringify(signal));
    if (lines.length < size) continue;
    yield lines;
    lines = [];
  }
  if (lines.length > 0) yield lines;
}

const batchesOf = (lines: readonly string[], size: number): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(lines.length / size) }, (_, n) => lines.slice(n * size, (n + 1) * size));
