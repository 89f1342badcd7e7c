import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stored } from "@leasehold/app/world";
import { later } from "@leasehold/core/kernel";
import type { Laptop, LaptopOptions } from "@leasehold/local/laptop";
import { expect } from "vitest";
import { PRICES } from "../../packages/cli/src/commands/cost/prices.ts";
import { ASSUMED, type COUNTED } from "../../packages/cli/src/commands/cost/units.ts";
import { MONDAY } from "../support/clock.ts";
import { begin, END, openMany } from "../support/many-keys.ts";
import { lifeMeter, type Spending } from "./life-meter.ts";

/** What runs by the clock or for what is listed is there without anybody leaving, and `leasehold cost` counts it apart. */
const STANDING = [
  ...["sweep-estate", "sweep-on", "poll-feeds", "watch-feeds"],
  "tell-refused",
  "announce-pending",
  "ingest-due",
  "restart-overdue",
  "keep-roots",
  "drill",
  "outside",
];
/** In dollars and states for each credential, to verified disabled and to its end; states are the dearest part. */
export interface Bounds {
  readonly many: number; // in one case
  readonly counts: typeof COUNTED.lifeOfACredential | typeof COUNTED.lifeOfOneInFour;
  readonly most: number;
  readonly transitions: number;
  readonly mostOfLife: number;
  readonly transitionsOfLife: number;
}
const ASKED_IN_VAIN = later(MONDAY, 24 * 34); // the grace, and the last custodian's notice

/** One leaver, some idle keys, and nobody who answers: asked, disabled on silence, verified. */
export async function livesWithin({ many, counts, most, ...bounds }: Bounds): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "leasehold-life-"));
  const meter = await lifeMeter(join(home, "archive"));
  const log = { bytes: 0 };
  const logged: LaptopOptions["log"] = (...line) => {
    log.bytes += JSON.stringify(line).length;
  };
  const laptop = await openMany(join(home, "many.db"), { host: meter.host, log: logged }, many);
  try {
    await begin(laptop, many);
    const before = meter.spent();
    const spentAt = async () => dollarsOf(many, minus(meter.spent(), before), await transitionsOf(laptop), log.bytes);
    await laptop.liveUntil(END);
    const acts = (await windDowns(laptop)).map(({ windDown }) => windDown.acts.at(-1));
    expect(acts).toHaveLength(many);
    for (const act of acts) expect(act).toMatchObject({ to: "disabled", verified: "confirmed" });
    const disabled = await spentAt();
    say(`to verified disabled, one of ${many}`, disabled);

    await laptop.liveUntil(ASKED_IN_VAIN);
    for (const { windDown } of await windDowns(laptop)) expect(windDown.closed?.as).toBe("bottom");
    const whole = await spentAt();
    say(`whole life, one of ${many}, deletion asked for and not agreed to`, whole);

    expect(disabled.dollars).toBeLessThanOrEqual(most);
    expect(disabled.each["transitions"]).toBeLessThanOrEqual(bounds.transitions);
    expect(whole.dollars).toBeLessThanOrEqual(bounds.mostOfLife);
    expect(whole.each["transitions"]).toBeLessThanOrEqual(bounds.transitionsOfLife);
    const { read, write, transition, request, published } = counts; // what `leasehold cost` reckons with
    for (const [counted, name] of [
      ...([
        [read, "read"],
        [write, "write"],
        [transition, "transitions"],
      ] as const),
      ...([
        [request, "requests"],
        [published, "published"],
      ] as const),
    ])
      expect(Math.abs(counted / (whole.each[name] ?? 0) - 1), name).toBeLessThan(0.1);
  } finally {
    laptop.close();
    await meter.close();
    rmSync(home, { recursive: true });
  }
}

async function windDowns({ world }: Laptop): Promise<readonly Stored[]> {
  const cases = [...(await world.cases.list("open")).items, ...(await world.cases.list("closed")).items];
  const items = (await Promise.all(cases.map((id) => world.cases.get(id)))).flatMap((one) => one?.case.items ?? []);
  const all = await Promise.all(items.map(({ windDown }) => windDown && world.windDowns.get(windDown)));
  return all.filter((one) => one !== undefined);
}

/** Each state that an execution enters is billed, and each retry of one. */
async function transitionsOf(laptop: Laptop): Promise<number> {
  const { world, wired } = laptop;
  const cases = [...(await world.cases.list("open")).items, ...(await world.cases.list("closed")).items];
  const lives = [
    ...(await Promise.all(cases.map((id) => world.cases.get(id)))).map((one) => one && [one.case.id, one.case.lives]),
    ...(await windDowns(laptop)).map(({ windDown }) => [windDown.id, windDown.lives]),
  ].flatMap((one) => (one === undefined ? [] : [{ id: String(one[0]), many: Number(one[1]) }]));
  const names = lives.flatMap(({ id, many }) => Array.from({ length: many }, (_, n) => `${id}-${n + 1}`));
  const entries = names.flatMap((name) => wired.interpreter.history(name));
  return entries.filter(({ what }) => what === "entered" || what.startsWith("retr")).length;
}

type All = ReadonlyMap<string, Spending>;

const minus = (all: All, before: All): All =>
  new Map(
    [...all].map(([name, one]) => {
      const was = before.get(name) ?? { runs: 0, asks: 0, read: 0, write: 0 };
      return [
        name,
        {
          runs: one.runs - was.runs,
          asks: one.asks - was.asks,
          read: one.read - was.read,
          write: one.write - was.write,
        },
      ];
    }),
  );

interface Life {
  readonly dollars: number;
  readonly each: Readonly<Record<string, number>>; // of a credential
  readonly lines: Readonly<Record<string, number>>; // dollars
  readonly functions: readonly string[];
}

function dollarsOf(many: number, all: All, transitions: number, logged: number): Life {
  const ours = [...all].filter(([name]) => !STANDING.includes(name));
  const sum = (of: keyof Spending) => ours.reduce((total, [, one]) => total + one[of], 0);
  const requests = sum("runs") + sum("asks");
  const seconds = requests * ASSUMED.memory * ASSUMED.stepSeconds;
  const woken = all.get("wake")?.runs ?? 0; // one for each event of ours that the bus carries
  const each = {
    ...{ write: sum("write") / many, read: sum("read") / many, transitions: transitions / many },
    ...{
      runs: sum("runs") / many,
      asks: sum("asks") / many,
      requests: requests / many,
      published: woken / many,
      milliseconds: (1_000 * requests * ASSUMED.stepSeconds) / many,
    },
  };
  const lines = {
    writes: each.write * PRICES.tableWrite.dollars,
    reads: each.read * PRICES.tableRead.dollars,
    transitions: each.transitions * PRICES.transition.dollars,
    lambda: (requests * PRICES.lambdaRequest.dollars + seconds * PRICES.lambdaSecond.dollars) / many,
    bus: (woken * PRICES.busEvent.dollars) / many,
    logs: ((logged / 2 ** 30) * PRICES.logGigabyte.dollars) / many,
  };
  const functions = [...all].map(
    ([name, one]) => `    ${name.padEnd(18)} runs ${one.runs}, asks ${one.asks}, read ${one.read}, write ${one.write}`,
  );
  return { dollars: Object.values(lines).reduce((total, one) => total + one, 0), each, lines, functions };
}

function say(what: string, { dollars, each, lines, functions }: Life): void {
  const of = (all: Readonly<Record<string, number>>, digits: number) =>
    Object.entries(all)
      .map(([name, value]) => `${name} ${value.toFixed(digits)}`)
      .join(", ");
  const told = [
    `${what}: $${dollars.toFixed(6)} a credential; ${of(each, 1)}`,
    `    dollars: ${of(lines, 6)}`,
    ...functions,
  ];
  process.stdout.write(`${told.join("\n")}\n`);
}
