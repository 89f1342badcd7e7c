import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { type StepName, steps } from "@leasehold/app/steps";
import { type Machine, machines } from "@leasehold/workflows";
import { describe, expect, it } from "vitest";
import { beginning, type Run } from "./upgrade/run.ts";

const HOME = new URL("upgrade/", import.meta.url);
const inOrder = new Intl.Collator("en", { numeric: true }); // of names without their ending: 1 before 1-2 before 1-10
const MOST = 3_000; // moves of one life

interface Release {
  readonly file: string;
  readonly contract: number;
  readonly machines: Readonly<Record<string, Machine>>;
}

/** The machines under which executions may still run, oldest first: one file for each definition that was released. */
const releases: readonly Release[] = readdirSync(HOME)
  .filter((file) => file.endsWith(".json"))
  .sort((a, b) => inOrder.compare(basename(a, ".json"), basename(b, ".json")))
  .map((file) => ({
    ...{ file, contract: Number(/^contract-(\d+)/.exec(file)?.[1]) },
    ...(JSON.parse(readFileSync(new URL(file, HOME), "utf8")) as Pick<Release, "machines">),
  }));

const WHAT_TO_DO = `The state machines are not those that were frozen last. Executions already begun go on with the old ones.
- Do the steps still read the same inputs and give answers that the old machines understand? Then leave every file
  there is as it is, and write the new machines beside them (contract-1-2.json after contract-1.json).
- Do they not? Then raise the contract in the machines' payloads, let packages/app/src/steps/ids.ts accept n and n-1,
  answer each as it asked, and write contract-<n>.json.
A file may go once no execution can be that old: after a year.`;

it("the machines are those that were frozen last", () => {
  const last = releases.at(-1);
  expect(JSON.parse(JSON.stringify(machines)), WHAT_TO_DO).toEqual(last?.machines);
  expect([...new Set(contractsIn(machines))], WHAT_TO_DO).toEqual([last?.contract]);
});

it("a new execution runs on the new machines, and one that was begun keeps its own", async () => {
  const run = await beginning(machines);
  await until(run, "wind-down/Wait/waiting");
  run.define({ case: NOTHING, "wind-down": NOTHING });
  await toItsEnd(run);
  expect(run.ended()).toEqual(WELL);
  expect(run.it.estate.diary).toEqual(DONE);
  const late = await beginning({ case: NOTHING, "wind-down": NOTHING });
  await toItsEnd(late);
  expect(late.calls).toEqual([]);
});

describe.each(releases)("executions begun under $file", async ({ contract, machines: frozen }) => {
  const whole = await beginning(frozen);
  const points = [...(await toItsEnd(whole))];

  it("go through every state that their machines have, but the one for what cannot be", () => {
    const all = Object.entries(frozen).flatMap(([name, { States }]) =>
      Object.keys(States).map((one) => `${name}/${one}`),
    );
    const been = new Set(points.map((point) => point.split("/").slice(0, 2).join("/")));
    expect(all.filter((state) => !been.has(state))).toEqual(NOT_MET);
    expect(whole.ended()).toEqual(WELL);
    expect(whole.it.estate.diary).toEqual(DONE);
  });

  it.each(points)("and stopped at %s go on with today's functions, to the same end", async (point) => {
    const run = await beginning(frozen);
    await until(run, point);
    run.define(machines);
    await toItsEnd(run);
    expect(run.ended()).toEqual(WELL);
    expect(run.it.estate.diary).toEqual(DONE);
    expect(run.refused).toEqual([]);
    expect(await run.it.whole()).toEqual([]);
  });

  it("give every function an input that it reads", () => {
    const named = [...JSON.stringify(frozen).matchAll(/\$\{([a-z-]+)\}/g)].map(([, name]) => name);
    expect(new Set(whole.calls.map(({ name }) => name))).toEqual(new Set(named));
    expect(whole.calls.filter(({ payload }) => contractOf(payload) !== contract)).toEqual([]);
    expect(whole.refused).toEqual([]);
  });

  it.each([contract + 1, contract - 1, String(contract), undefined])(
    "would be refused by every function if they were of contract %s, which none knows",
    async (other) => {
      const each = new Map(whole.calls.map(({ name, payload }) => [name, payload as object] as const));
      for (const [name, payload] of each)
        await expect(stepOf(name).run(whole.it.world, { ...payload, contract: other }), name).rejects.toMatchObject({
          ...{ name: "BadInput", facts: { where: "contract" } },
        });
    },
  );
});

/** The ends of the story, whichever machines it runs on. */
const WELL = [
  ["case", "SUCCEEDED"],
  ["wind-down", "SUCCEEDED"],
];
const DONE = ["disable Inactive", "delete gone"];
const NOT_MET = ["case/Unknown", "wind-down/Unknown"];
const NOTHING: Machine = {
  Comment: "",
  QueryLanguage: "JSONata",
  StartAt: "End",
  States: { End: { Type: "Succeed" } },
};

const stepOf = (name: StepName) => steps[name];
const contractOf = (payload: unknown) => (payload as { readonly contract?: unknown }).contract;
const contractsIn = (all: object) =>
  [...JSON.stringify(all).matchAll(/'contract': (\d+)/g)].map(([, contract]) => Number(contract));

async function until(run: Run, point: string): Promise<void> {
  for (let n = 0; n < MOST; n += 1) {
    if (run.at().includes(point)) return;
    if (!(await run.step())) break;
  }
  throw new Error(`it was never at ${point}`);
}

/** Where it was on the way, each place once. What has no end still runs, which is what `ended` says. */
async function toItsEnd(run: Run): Promise<ReadonlySet<string>> {
  const been = new Set<string>();
  for (let n = 0; n < MOST; n += 1) {
    for (const point of run.at()) been.add(point);
    if (!(await run.step())) break;
  }
  return been;
}
