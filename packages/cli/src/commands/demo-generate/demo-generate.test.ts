import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { estate, type Trial } from "../../trial/index.ts";

let here: Trial;
beforeEach(() => {
  here = estate();
});
afterEach(() => here.close());

it("writes an organisation, the same for the same seed, and opens no store", async () => {
  const { exit, out } = await here.run("demo", "generate", "--people", "12", "--seed", "7");
  expect([exit, out]).toEqual([0, expect.stringContaining("people       12")]);
  const said = await here.json("demo", "generate", "--people", "12", "--seed", "7", "--out", "again");
  expect(said).toMatchObject({ seed: 7, people: 12, credentials: expect.any(Number), out: join(here.home, "again") });
  for (const name of ["truth.json", "people.csv", "okta/log-stream.ndjson", "inventory/iam-credential-report.csv"])
    expect(readFileSync(join(here.home, "again", name), "utf8")).toBe(
      readFileSync(join(here.home, "estate-12-7", name), "utf8"),
    );
  expect(existsSync(join(here.home, ".leasehold"))).toBe(false);
});

it("what it writes can be replayed, and nothing in it cannot be read", async () => {
  await here.run("demo", "generate", "--people", "10", "--out", "it");
  const { faults, signals } = await here.json<{ faults: object; signals: number }>(
    "replay",
    "it/cloudtrail",
    "it/okta",
  );
  expect(faults).toEqual({ total: 0, first: [] });
  expect(signals).toBeGreaterThan(50);
});

it("writes over nobody's files, and takes whole numbers only", async () => {
  here.write("mine.txt", "mine");
  const taken = await here.run("demo", "generate", "--people", "3", "--out", ".");
  expect([taken.exit, taken.err]).toEqual([2, expect.stringContaining("this directory is not empty: 1 entry")]);
  const file = await here.run("demo", "generate", "--out", "mine.txt");
  expect([file.exit, file.err]).toEqual([2, expect.stringContaining("not a directory")]);
  symlinkSync(join(here.home, "nowhere/at/all"), join(here.home, "link"));
  const dangling = await here.run("demo", "generate", "--people", "3", "--out", "link");
  expect([dangling.exit, dangling.err]).toEqual([2, expect.stringContaining("this directory cannot be written to")]);
  for (const people of ["0", "1.5", "many", "10001"]) {
    const { exit, err } = await here.run("demo", "generate", "--people", people, "--out", "no");
    expect([exit, err]).toEqual([2, expect.stringContaining("a whole number from 1 to 10000")]);
  }
  expect(existsSync(join(here.home, "no"))).toBe(false);
});
