import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { later } from "@leasehold/core/kernel";
import { accountsOf, demoEvents } from "@leasehold/local/demo";
import { openLaptop } from "@leasehold/local/laptop";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { corp, estate, type Trial } from "../trial/index.ts";

let here: Trial;
beforeEach(async () => {
  here = await corp();
});
afterEach(() => here.close());

const inStore = (sql: string) => {
  const db = new DatabaseSync(join(here.home, ".leasehold/demo.db"));
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
};

describe("sweep", () => {
  it("says how much was seen, and what nobody owns", async () => {
    const { exit, out } = await here.run("sweep");
    expect(exit).toBe(0);
    expect(out).toMatch(/okta +whole +13 /);
    expect(out).toContain("12 credentials looked at, 1 without an owner in good standing");
  });

  it("of one connector lists that one", async () => {
    const { swept } = await here.json<{ swept: readonly { connector: string }[] }>("sweep", "okta");
    expect(swept.map(({ connector }) => connector)).toEqual(["okta"]);
  });

  it("reports who left before the installation; a person opens their case", async () => {
    const fresh = estate();
    const path = join(fresh.home, "demo.db");
    const laptop = await openLaptop({ path, ticks: true, log: () => {} });
    for (const { live } of laptop.simulations) live.absorb(demoEvents.sueLeaves(later(laptop.world.clock(), -48)));
    laptop.close();
    const account = accountsOf("sue").okta;
    const { out } = await fresh.run("sweep", "--store", path);
    expect(out).toContain(`nobody was told (\`leasehold case open <account>\`):\n  ${account}`);
    expect(await fresh.json("case", "list", "--all", "--store", path)).toEqual({ cases: [] });
    expect(await fresh.json("case", "open", account, "--store", path)).toMatchObject({ settled: true });
    expect(await fresh.json("case", "list", "--store", path)).toMatchObject({ cases: [{ gate: "departed" }] });
    fresh.close();
  });

  it("knows no other connector, and none that lists nothing", async () => {
    for (const id of ["nope", "slack"])
      expect(await here.run("sweep", id)).toMatchObject({
        exit: 2,
        err: expect.stringContaining("no connector of this name lists anything"),
      });
  });
});

describe("audit show", () => {
  it("prints every entry of one trail, and says when there is none", async () => {
    await here.run("deliver", "sue.json");
    const { cases } = await here.json<{ cases: { id: string }[] }>("case", "list");
    const trail = cases[0]?.id ?? "";
    const { entries } = await here.json<{ entries: { n: number; did: string }[] }>("audit", "show", trail);
    expect(entries[0]).toMatchObject({ n: 1, did: "case.opened" });
    const { out } = await here.run("audit", "show", trail);
    expect(out.trim().split("\n")).toHaveLength(entries.length + 1);
    expect(await here.run("audit", "show", "cas_none")).toMatchObject({ exit: 2, out: "" });
  });
});

describe("audit verify", () => {
  beforeEach(() => here.run("deliver", "sue.json"));

  it("walks every chain, or one", async () => {
    const { whole, trails } = await here.json<{
      whole: boolean;
      trails: readonly { trail: string; entries: number }[];
    }>("audit", "verify");
    expect([whole, trails.length]).toEqual([true, 6]);
    const { out, exit } = await here.run("audit", "verify", trails[1]?.trail ?? "");
    expect([exit, out]).toEqual([0, "1 trail, 3 entries: every chain whole\n"]);
  });

  it.each([
    [
      "changed",
      "UPDATE rows SET data = json_set(data, '$.did', 'nothing.done') WHERE sk LIKE 'entry#%' AND pk LIKE 'wdc_%' AND json_extract(data, '$.n') = 2",
      "entry 2 was changed",
    ],
    [
      "missing",
      "DELETE FROM rows WHERE pk LIKE 'cas_%' AND json_extract(data, '$.n') = 1 AND json_extract(data, '$.did') IS NOT NULL",
      "entry 1 is missing",
    ],
  ])("finds an entry that was %s", async (_, sql, says) => {
    inStore(sql);
    const { exit, out } = await here.run("audit", "verify");
    expect([exit, out]).toEqual([1, expect.stringMatching(new RegExp(`^BROKEN (cas|wdc)_\\w+: ${says}`))]);
    expect(await here.json("audit", "verify")).toMatchObject({ whole: false });
  });

  it("knows no other trail", async () => {
    expect(await here.run("audit", "verify", "wdc_nope")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("there is no such trail"),
    });
  });
});

describe("clock", () => {
  it("shows the time and what is due, and moves nothing", async () => {
    const first = await here.json<{ now: string; nextDue: string }>("clock");
    expect(first.nextDue > first.now).toBe(true);
    const again = await here.json<{ now: string; before: string }>("clock");
    expect(Date.parse(again.now) - Date.parse(first.now)).toBeLessThan(60_000);
  });

  it.each([
    ["90m", 1.5],
    ["72h", 72],
    ["3d", 72],
  ])("lives through %s", async (span, hours) => {
    const { now, before, lived } = await here.json<{ now: string; before: string; lived: boolean }>(
      "clock",
      "--advance",
      String(span),
    );
    expect(lived).toBe(true);
    expect((Date.parse(now) - Date.parse(before)) / 3_600_000).toBeCloseTo(Number(hours), 1);
  });

  it("goes to an instant", async () => {
    const { now } = await here.json<{ now: string }>("clock");
    const to = new Date(Date.parse(now) + 7_200_000).toISOString();
    const after = await here.json<{ now: string }>("clock", "--to", to);
    expect(after.now >= to).toBe(true);
  });

  it.each([
    [["--advance", "soon"], "this is not a span of time"],
    [["--advance", "1y"], "this is not a span of time"],
    [["--advance", "9000h"], "this is more than a year"],
    [["--to", "tomorrow"], "this is not an instant"],
    [["--to", "2001-01-01T00:00:00Z"], "the clock never goes back"],
    [["--to", "2001-01-01T00:00:00Z", "--advance", "1h"], "not both"],
  ])("refuses %j", async (argv, says) => {
    expect(await here.run("clock", ...argv)).toMatchObject({ exit: 2, err: expect.stringContaining(says) });
  });
});

describe("beside a process that runs the store", () => {
  beforeEach(() => inStore("INSERT INTO runner (one, pid) VALUES (1, 1)")); // process 1 always lives

  it("what is delivered is left to that one, and that is said", async () => {
    const { exit, err } = await here.run("deliver", "sue.json");
    expect([exit, err]).toEqual([
      0,
      expect.stringContaining("another process runs this store: it goes on from here by itself"),
    ]);
    expect(await here.json("case", "list")).toEqual({ cases: [] });
  });

  it("time is that one's to move", async () => {
    expect(await here.run("clock", "--advance", "1h")).toMatchObject({
      exit: 1,
      out: expect.stringContaining("another process runs this store"),
    });
  });
});

describe("finding list and doctor", () => {
  it("name what needs a person, with what to do", async () => {
    const { findings } = await here.json<{ findings: readonly { kind: string; remedy: string }[] }>("finding", "list");
    expect(findings).toMatchObject([{ kind: "orphan credential", severity: "high" }]);
    expect((await here.run("finding", "list")).out).toContain("Name an owner, or open a case for it.");
    const { exit, out } = await here.run("doctor");
    expect(exit).toBe(1);
    expect(out).toMatch(/1 thing needs a person:\n {2}high: orphan credential \(crd_\w+\)\n {4}Name an owner/);
    expect(await here.json("doctor")).toMatchObject({
      ...{
        healthy: false,
        node: process.versions.node,
        store: { kind: "demo", layout: 1 },
        cases: 0,
        deadLetters: [],
        overdue: [],
      },
      connectors: [
        { id: "aws-agentcore", mode: "observe", lists: true, desk: false },
        { id: "aws-bedrock", mode: "observe", lists: true, desk: false },
        { id: "aws-cloudtrail", mode: "observe", lists: true, desk: false },
        { id: "aws-guardduty", mode: "observe", lists: false },
        { id: "aws-health", mode: "observe", lists: false },
        {
          id: "aws-iam",
          mode: "act",
          proof: "simulator",
          desk: false,
          coverage: { whole: true, seen: 17, ageHours: 0 },
        },
        { id: "aws-identity-center", mode: "observe" },
        { id: "aws-secrets", mode: "observe", lists: true },
        { id: "aws-sts", mode: "observe", lists: false },
        { id: "github", mode: "observe", lists: false },
        { id: "ingest", mode: "observe", lists: false },
        { id: "okta", mode: "act", coverage: { whole: true } },
        { id: "slack", desk: true, lists: false },
        { id: "jira", desk: true },
      ],
      schedules: [
        { name: "announce-pending", fault: null },
        { name: "ingest-due" },
        { name: "poll-feeds" },
        { name: "sweep-on" },
        { name: "tell-refused" },
        { name: "drill" },
        { name: "restart-overdue" },
        { name: "watch-feeds" },
        { name: "watch-use" },
        { name: "keep-roots" },
        { name: "review-unresolved" },
        { name: "sweep-estate" },
      ],
      problems: [{ what: expect.stringContaining("orphan credential"), next: "Name an owner, or open a case for it." }],
    });
  });

  it("see a list that was never made", async () => {
    const fresh = estate();
    await fresh.run("sweep", "okta");
    const { problems } = await fresh.json<{ problems: readonly { what: string }[] }>("doctor");
    expect(problems.map(({ what }) => what)).toContain("AWS IAM was never listed: what it has is not known");
    fresh.close();
  });
});
