import type { AccountId } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { hours, oktaUser } from "../../../../test/support/signals.ts";
import { type Story, story } from "../../../../test/support/story.ts";
import type { Graph } from "../world/index.ts";
import { caseReport, reportPage, verifyTrails } from "./index.ts";

async function left(span = 100): Promise<Story & { readonly id: `cas_${string}` }> {
  const one = await story();
  const id = await one.leaves();
  await one.live(span);
  return Object.assign(one, { id });
}

/** As after an erasure: the directory's nodes are gone, the trails stand. */
function erased({ world }: Story, ...accounts: readonly AccountId[]): void {
  const { graph } = world;
  const gone = (id: string) => accounts.includes(id as AccountId);
  const left: Graph = {
    ...graph,
    node: async (id) => (gone(id) ? undefined : graph.node(id)),
    glance: async (id) => (gone(id) ? undefined : graph.glance(id)),
    edges: async (from, rel) => (gone(from) ? [] : graph.edges(from, rel)),
  };
  Object.assign(world, { graph: left });
}

describe("a case's report", () => {
  it("has who, why, the gate, each act with the instant of its proof, who was asked, and the statement", async () => {
    const one = await left();
    const report = await caseReport(one.world, one.id);
    expect(report).toMatchObject({
      story: { drill: false, triggers: [{ kind: "left", subject: oktaUser("ada") }], gates: [{ says: "departed" }] },
      accounts: expect.arrayContaining([oktaUser("ada")]),
      items: [
        {
          connector: "aws-iam",
          type: "access key",
          rung: "disabled",
          acts: [{ verb: "disable", verdict: "confirmed" }],
        },
      ],
      names: { [oktaUser("ada")]: "ada", [oktaUser("grace")]: "grace" },
    });
    const [act] = report.items[0]?.acts ?? [];
    expect((act?.provenAt ?? "") > (act?.at ?? "")).toBe(true);
    expect(report.items[0]?.questions.map(({ of }) => of)).toContain(oktaUser("grace"));
    expect(report.trails.map(({ broken }) => broken)).toEqual([undefined, undefined]);
  });

  it("says where the case looked once it is closed, and what nobody looks for", async () => {
    const one = await left(2_000);
    const { status, completeness, story: told } = await caseReport(one.world, one.id);
    expect([status, told.closed?.because]).toEqual(["closed", "every item has ended"]);
    expect(completeness?.places).toEqual([
      { connector: "aws-iam", tenant: "111122223333" },
      { connector: "okta", tenant: "example" },
    ]);
    expect(completeness?.notLookedFor?.join()).toContain("Copies of a credential");
    expect(completeness?.notLookedFor?.join()).toContain("Inactive signing certificates");
    expect(await verifyTrails(one.world)).toMatchObject([{ broken: undefined }, { broken: undefined }]);
  });

  it("outlives the erasure of everybody in it: chains verify, and the page has account ids", async () => {
    const one = await left(2_000);
    const before = await caseReport(one.world, one.id);
    erased(one, oktaUser("ada"), oktaUser("grace"));
    const after = await caseReport(one.world, one.id);
    expect(after.names[oktaUser("ada")]).toBeUndefined();
    expect(after.trails.map(({ broken }) => broken)).toEqual([undefined, undefined]);
    expect({ ...after, names: {} }).toEqual({ ...before, names: {} });
    expect(JSON.stringify(after.items)).not.toMatch(/example[.]com|"ada"|"grace"/);
  });

  it("has no name at all where none is wanted", async () => {
    const one = await left();
    expect((await caseReport(one.world, one.id, false)).names).toEqual({});
  });
});

it("no entry of a whole story holds anybody's name or address", async () => {
  const one = await left(2_000);
  const { windDown } = await one.windDown();
  const all = [...(await one.world.trails.entries(one.id)), ...(await one.world.trails.entries(windDown.id))];
  expect(all.length).toBeGreaterThan(10);
  expect(JSON.stringify(all)).not.toMatch(/@example[.]com|"(ada|grace|sam|last|bob)"/);
});

describe("the report over all cases", () => {
  it("counts from the instant we first learned of it, told by the trails alone", async () => {
    const one = await left();
    const { rows, next } = await reportPage(one.world, { since: undefined });
    expect(next).toEqual({ list: "closed" });
    const [entry] = await one.world.trails.entries(one.id);
    expect(rows).toMatchObject([{ case: one.id, recordedAt: entry?.facts["recordedAt"], end: "open", because: "" }]);
    expect((rows[0]?.verifiedAt ?? "") > (rows[0]?.disabledAt ?? "")).toBe(true);
  });

  it("leaves out what was learned of before, and drills", async () => {
    const one = await left(2);
    expect((await reportPage(one.world, { since: hours(1) })).rows).toEqual([]);
    expect((await reportPage(one.world, { since: hours(-1) })).rows).toHaveLength(1);
  });
});
