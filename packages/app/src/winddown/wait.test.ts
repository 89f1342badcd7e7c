import type { CaseId } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { down } from "../../../../test/support/estate.ts";
import { type Story, story } from "../../../../test/support/story.ts";
import { caseStep } from "../casework/index.ts";
import { advance, overdue, stuck, versionsOf, wait, wake } from "./index.ts";

const token = "t-1";
const caseOf = async ({ world }: Story): Promise<CaseId> => (await world.cases.list("open")).items[0] as CaseId;

describe("a wait", () => {
  it("of a version that moved ends at once", async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    const { windDown, version } = await one.windDown();
    const until = one.world.now;
    await wait(one.world, { subject: windDown.id, version: version - 1, until, token });
    expect(one.woken).toEqual([token]);
    await wait(one.world, { subject: windDown.id, version, until, token: "t-2" });
    expect(one.woken).toEqual([token]);
    await one.press("keep", "grace");
    await wake(one.world, windDown.id);
    expect(one.woken).toEqual([token, "t-2"]);
  });

  it("of a case does not sleep on a question that one of its items began to want meanwhile", async () => {
    const one = await story();
    const id = await one.leaves();
    while ((await caseStep(one.world, id)).do === "again") {}
    const next = await caseStep(one.world, id); // looked: nothing is wanted yet
    if (next.do !== "wait") throw new Error("it should wait");
    await advance(one.world, (await one.windDown()).windDown.id); // now it is; and nobody waits to be woken
    await wait(one.world, { subject: id, version: next.version, until: next.until, token, seen: next.seen });
    expect(one.woken).toEqual([token]);
  });

  it("of a case whose items stand still goes on", async () => {
    const one = await story();
    const id = await one.leaves();
    await one.settle();
    const next = await caseStep(one.world, id);
    if (next.do !== "wait") throw new Error("it should wait");
    await wait(one.world, { subject: id, version: next.version, until: next.until, token, seen: next.seen });
    expect(one.woken).toEqual([]);
    expect(next.seen).toBe(versionsOf([await one.windDown()]));
  });
});

describe("waking", () => {
  it("begins the execution that the subject has by now, by its name", async () => {
    const one = await story();
    const id = await one.leaves();
    await one.settle();
    const { windDown } = await one.windDown();
    await wake(one.world, id);
    await wake(one.world, windDown.id);
    await wake(one.world, windDown.id);
    expect([...new Set(one.started)]).toEqual([`case ${id}-1`, `wind-down ${windDown.id}-1`]);
  });

  it("begins nothing that has ended", async () => {
    const one = await story();
    const id = await one.leaves();
    await one.settle();
    await one.press("keep", "grace");
    await one.settle();
    await wake(one.world, id);
    await wake(one.world, (await one.windDown()).windDown.id);
    expect(one.started).toEqual([]);
  });
});

describe("what is overdue", () => {
  it("begins again under another name, once, and one that cannot does not keep the others", async () => {
    const one = await story();
    const id = await one.leaves();
    await one.settle();
    const { windDown } = await one.windDown();
    expect(await overdue(one.world)).toBe(0);
    one.world.pass(1.1);
    expect(await overdue(one.world)).toBe(2);
    expect(one.started).toEqual([`wind-down ${windDown.id}-2`, `case ${id}-2`]);
    expect(await overdue(one.world)).toBe(0);
    expect((await one.windDown()).windDown.lives).toBe(2);
    expect((await one.world.cases.get(await caseOf(one)))?.case.lives).toBe(2);
  });
});

it("one execution that cannot be begun now does not keep the others from it", async () => {
  const one = await story();
  const id = await one.leaves();
  await one.settle();
  one.world.pass(2);
  const start = one.world.runs.start;
  const runs = {
    ...one.world.runs,
    start: async (...given: Parameters<typeof start>) => (given[0] === "wind-down" ? down() : start(...given)),
  };
  expect(await overdue({ ...one.world, runs })).toBe(1);
  expect(one.started).toEqual([`case ${id}-2`]);
});

it.each([
  ["PermissionMissing", "permission missing"],
  ["Braked", "the brake has no place"],
  ["BadInput", "permission missing"],
  ["Unavailable", "provider unavailable"],
  ["Anything", "provider unavailable"],
])("stuck by %s waits six hours, with a finding", async (fault, kind) => {
  const one = await story();
  const id = await one.leaves();
  expect(await stuck(one.world, id, fault)).toEqual({ do: "wait", until: "2026-11-02T15:00:00.000Z", version: 1 });
  expect(await one.world.findings.of(id)).toMatchObject([{ kind, facts: { fault } }]);
  await expect(stuck(one.world, "wdc_none", fault)).rejects.toMatchObject({ name: "BadInput" });
});
