import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CaseView } from "@leasehold/app/case-view";
import { corp, type Trial } from "@leasehold/cli/trial";
import { KEYS } from "@leasehold/local/demo";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let here: Trial;
beforeEach(async () => {
  here = await corp();
  await here.run("deliver", "sue.json");
});
afterEach(() => here.close());

const view = async () => {
  const { cases } = await here.json<{ cases: readonly { id: string }[] }>("case", "list", "--all");
  return here.json<CaseView>("case", "show", cases[0]?.id ?? "");
};
const support = async () => {
  const item = (await view()).items.find(({ credential }) => credential === KEYS.support.credential);
  return { state: item?.state, id: item?.windDown?.id ?? "", decision: item?.windDown?.question?.decision ?? "" };
};
const states = async () => (await view()).items.map(({ state }) => state);
const doneIn = async (trail: string) =>
  (await here.json<{ entries: readonly { did: string; by: string }[] }>("audit", "show", trail)).entries;

describe("a person puts the brake on", () => {
  it("then nothing is acted, on silence or on a yes, an undo works, and a release lets all go on", async () => {
    const before = await support();
    await here.run("case", "answer", before.decision, before.id, "retire", "--as", "grace@example.com");
    expect((await support()).state).toBe("off");

    expect(await here.run("brake", "on", "--because", "somebody is importing history")).toMatchObject({
      exit: 0,
      out: "the brake is on\n",
    });
    expect(await here.run("brake", "status")).toMatchObject({
      exit: 1,
      out: expect.stringMatching(/^the brake is ON since .* by terminal: somebody is importing history\n/),
    });
    const others = (await view()).items.flatMap(({ windDown }) => windDown?.id ?? []).filter((id) => id !== before.id);
    await here.run("case", "answer", before.decision, others[0] ?? "", "retire", "--as", "grace@example.com");
    await here.run("clock", "--advance", "100h");
    expect((await states()).filter((state) => state === "off")).toHaveLength(1);
    const { problems } = await here.json<{ problems: readonly { what: string }[] }>("doctor");
    expect(problems[0]?.what).toMatch(/^the brake is on since .* by terminal/);

    await here.run("case", "undo", before.id, "--as", "sam@example.com");
    await here.run("clock", "--advance", "1h");
    expect((await support()).state).toBe("on");

    expect(await here.run("brake", "release")).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/^released; [1-9]/),
    });
    await here.run("clock", "--advance", "7h");
    expect((await states()).filter((state) => state === "off").length).toBeGreaterThan(0);
    expect(await here.run("brake", "status")).toMatchObject({
      exit: 0,
      out: expect.stringContaining("the brake is off"),
    });
    expect((await doneIn("brake")).map(({ did, by }) => [did, by])).toEqual([
      ["brake.set", "terminal"],
      ["brake.released", "terminal"],
    ]);
    expect(await here.json("audit", "verify", "brake")).toMatchObject({ whole: true, trails: [{ entries: 2 }] });
  });

  it("the first hand stays, and letting go of nothing is no", async () => {
    expect(await here.run("brake", "release")).toMatchObject({ exit: 1, out: "was not on\n" });
    await here.run("brake", "on", "--because", "first");
    expect(await here.run("brake", "on", "--because", "second")).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/^it was on, since .* by terminal: first\n/),
    });
  });

  it.each([
    [["brake", "on"], "say why"],
    [["brake", "on", "--because", "x"], "wanted: a reason has 3 to 300 characters, in one line"],
    [["brake", "on", "--because", "two\nlines"], "the question is not of the shape that is read"],
    [["brake", "on", "--because", "y".repeat(301)], "the question is not of the shape that is read"],
  ])("refuses %j", async (argv, says) => {
    expect(await here.run(...argv)).toMatchObject({ exit: 2, err: expect.stringContaining(says) });
    expect(await here.run("brake", "status")).toMatchObject({ exit: 0 });
  });

  it("on a real estate the terminal stops, and does not let go", async () => {
    const home = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "leasehold-brake-"));
    const config = join(home, "leasehold.config.ts");
    writeFileSync(config, 'export default { fallback: { email: "fay@example.com" } };\n');
    await here.run("sweep", "--config", config);
    expect(await here.run("brake", "on", "--because", "looks wrong", "--config", config)).toMatchObject({ exit: 0 });
    expect(await here.run("brake", "release", "--config", config)).toMatchObject({
      exit: 2,
      err: expect.stringContaining("a terminal proves nobody's name"),
    });
    expect(await here.run("brake", "status", "--config", config)).toMatchObject({ exit: 1 });
    rmSync(home, { recursive: true });
  });
});
