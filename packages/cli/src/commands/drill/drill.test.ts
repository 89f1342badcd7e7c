import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { estate, type Trial } from "../../trial/index.ts";
import type { Past } from "./past.ts";

let here: Trial;
beforeEach(() => {
  here = estate();
});
afterEach(() => here.close());

it("goes the real way in the simulators, in a store of its own, and again; the minutes are kept", async () => {
  const first = await here.json<Past>("drill");
  expect(first.stages.map(({ stage, minutes }) => [stage, (minutes ?? -1) >= 0])).toEqual(
    ["learned", "gate", "asked", "disabled", "verified", "taken back"].map((stage) => [stage, true]),
  );
  expect(first.stages[3]?.minutes).toBeGreaterThanOrEqual(72 * 60);
  expect(existsSync(join(here.home, ".leasehold", "demo.db"))).toBe(false);

  const { exit, out } = await here.run("drill");
  expect([exit, out]).toEqual([0, expect.stringMatching(/Drill 2, cas_\w+, begun .*: ended/)]);
  const { drills } = await here.json<{ drills: readonly Past[] }>("drill", "--history");
  expect(drills.map(({ n, ended }) => [n, ended !== undefined])).toEqual([
    [2, true],
    [1, true],
  ]);

  const store = ["--store", ".leasehold/drill.db"];
  expect((await here.run("audit", "verify", ...store)).exit).toBe(0);
  expect((await here.run("report", ...store)).out).toMatch(/^0 cases/);
  expect((await here.run("report", "--drills", ...store)).out).toMatch(/^2 cases, 2 wind-downs: 2 undone/);
  expect((await here.run("audit", "report", first.case, ...store)).out).toMatch(/^Drill, no leaver: case/);
});

it("on a real estate wants a canary that the configuration names", async () => {
  here.write("leasehold.config.mjs", 'export default { fallback: { email: "last@example.com" } };');
  const config = ["--config", "leasehold.config.mjs"];
  await here.run("doctor", ...config);
  expect(await here.run("drill", "--history", ...config)).toMatchObject({ exit: 2 });
});
