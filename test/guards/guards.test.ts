import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { laws } from "../laws/wind-downs/faults.ts";
import type { Guard } from "./model.ts";
import { copiesIn, faultsOf, stale } from "./planted.ts";

const HERE = new URL("./", import.meta.url);
const isTable = (name: string) => !["model.ts", "planted.ts"].includes(name) && !name.endsWith(".test.ts");
const tables = readdirSync(HERE).filter(isTable).sort();
const loaded = await Promise.all(tables.map((name) => import(new URL(name, HERE).href)));
const scenarios: readonly Guard[] = loaded.flatMap((table) => Object.values(table) as readonly Guard[][]).flat();
const all = process.env["LEASEHOLD_GUARDS"] === "laws" ? laws : scenarios;
const only = process.env["LEASEHOLD_GUARDS_ONLY"];
if (only !== undefined && !all.some(({ name }) => new RegExp(only, "i").test(name)))
  throw new Error("no guard has such a name, so none was tried");
const home = mkdtempSync(join(tmpdir(), "leasehold-guards-"));
const tried = copiesIn(home);
afterAll(() => rmSync(home, { recursive: true, force: true }));

it("no two have one name", () => {
  expect(tables).toContain("scenarios.ts");
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

describe("what is tried", () => {
  const sample = {
    ...{
      name: "a sample",
      file: "packages/core/src/winddown/silence-limit.ts",
      from: "return it.confidence >= 0.95 ?",
    },
    test: "packages/core/src/winddown/silence-limit.test.ts",
  };
  it.for([
    ["without which its test fails is red", "return it.confidence >= 0.05 ?", "red"],
    ["that cannot be loaded shows nothing", "return it.confidence >= >= 0.95 ?", "could not be run"],
    [
      "that changes nothing leaves its test green, whatever was tried there before",
      "return it.confidence >= 0.95  ?",
      "green",
    ],
  ] as const)("a fault %s", async ([, to, outcome], { expect }) => {
    expect(await tried({ ...sample, to })).toMatchObject({ outcome });
  });

  it("by a filter that finds no test shows nothing", async () => {
    const none = { ...sample, to: "return it.confidence >= 0.05 ?", filter: "no test has such a name" };
    expect(await tried(none)).toMatchObject({ outcome: "nothing was run" });
  });

  it.each([
    ["a text that is no longer there", { ...sample, from: "never written", to: "" }, /has it 0 times/],
    ["one that is there twice", { ...sample, from: "return", to: "" }, /has it [2-9] times/],
    ["a file that is not there", { ...sample, file: "packages/none.ts", to: "" }, /there is no/],
    ["a fault that is none", { ...sample, to: sample.from }, /would stay as it is/],
  ])("%s is stale", (_, fault, says) => {
    expect(stale(fault)).toMatch(says);
  });
});

/** What fails anyway fails without the guard, too, and shows nothing. */
if (all === laws)
  it("with every guard in its place none of the same histories is red", async () => {
    const [guard] = laws as readonly [Guard];
    expect(await tried({ ...guard, to: guard.from })).toMatchObject({ outcome: "green" });
  });

describe.concurrent("without its guard", () => {
  for (const guard of all)
    it(guard.name, async ({ expect }) => {
      expect(faultsOf(guard).flatMap((fault) => stale(fault) ?? [])).toEqual([]);
      expect(await tried(guard)).toMatchObject({ outcome: "red" });
    });
});
