import type { CaseReport } from "@leasehold/app/audit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corp, type Trial } from "../../trial/index.ts";
import { asMarkdown, asText, partsOf, titleOf } from "./document.ts";

let here: Trial;
let id = "";
beforeAll(async () => {
  here = await corp();
  await here.run("deliver", "sue.json");
  await here.run("clock", "--advance", "80h");
  id = (await here.json<{ cases: readonly { id: string }[] }>("case", "list")).cases[0]?.id ?? "";
});
afterAll(() => here.close());

describe("report", () => {
  it("says how long it took by provider, and what is not dead and why", async () => {
    const { exit, out } = await here.run("report", "--since", "90d");
    expect(exit).toBe(0);
    expect(out).toMatch(/^1 case, 5 wind-downs: 5 open\n/);
    expect(out).toMatch(/aws-iam +static +disabled +3\/4 +7\d[.]\d\d/);
    expect(out).toMatch(/aws-iam +static +verified +3\/4/);
    expect(out).toContain("No lease was wound down");
    expect(out).toMatch(/Not dead, and why:\n {2}crd_\w+ +\S+ +open +asked until/);
  });

  it("is a table for a spreadsheet, too", async () => {
    const { out } = await here.run("report", "--csv");
    const [head = "", ...rows] = out.trim().split("\n");
    expect(head).toMatch(/^case,windDown,credential,connector,type,kind,drill,occurredAt,recordedAt,askedAt/);
    expect(rows).toHaveLength(5);
  });

  it("of a case is that case's page", async () => {
    const one = await here.run("report", id);
    const lines = (out: string) => out.split("\n").slice(1);
    expect(lines(one.out)).toEqual(lines((await here.run("audit", "report", id)).out));
    for (const head of ["Who", "What opened it", "What was looked at, and what was not", "The trails, walked from"])
      expect(one.out).toContain(`\n${head}`);
    expect(one.out).toContain("(Sue Park)");
    expect(one.out).toMatch(/did disable, to disabled \(done\); proof: confirmed at 2/);
    expect((await here.run("report", id, "--ids")).out).not.toMatch(/Sue|Grace|example[.]com/);
  });

  it.each([
    [["--markdown"], "this flag is about one case"],
    [["--ids"], "this flag is about one case"],
    [["cas_none"], "there is no such case"],
    [["--since", "long"], "this is neither a span of time nor an instant"],
  ])("%j: %s", async (argv, says) => {
    expect(await here.run("report", ...argv)).toMatchObject({ exit: 2, err: expect.stringContaining(says) });
  });
});

describe("a page", () => {
  const page = async () => here.json<CaseReport>("audit", "report", id);

  it("lets no name from outside make a link, a tag or a line of its own", async () => {
    const report = await page();
    const account = report.accounts[0] ?? "acc_1";
    const named = { ...report, names: { [account]: "[x](https://example.com)<img src=y>\n# z" } };
    const text = asMarkdown(titleOf(named), partsOf(named)).join("\n");
    expect(text).toContain("\\[x\\]\\(https://example.com\\)\\<img src=y\\>");
  });

  it("says that a trail is broken", async () => {
    const report = await page();
    const trails = report.trails.map((view) => ({ ...view, broken: "entry 2 was changed" }));
    const text = asText("x", partsOf({ ...report, trails })).join("\n");
    expect(text).toContain(`${report.case}: BROKEN: entry 2 was changed`);
    expect(text).not.toContain("every chain whole");
  });

  it("says so where a directory has no name any more", async () => {
    const report = await page();
    expect(asText("x", partsOf({ ...report, names: {} })).join("\n")).toContain(
      `${report.accounts[0]} (no name is kept)`,
    );
  });
});
