import type { Window } from "@leasehold/core/brake";
import { found } from "@leasehold/core/finding";
import { later } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { hours } from "../../../../test/support/signals.ts";
import { type Story, story } from "../../../../test/support/story.ts";
import { steps } from "../steps/index.ts";
import { keepRoots, pulse } from "./index.ts";

const taken = ({ world }: Story, sources = ["okta", "aws-iam"]) => pulse(world, sources);

describe("the pulse", () => {
  it("is nothing while all is well", async () => {
    const one = await story();
    const cover = (connector: string) =>
      one.world.ledger.cover({ connector, whole: true, at: one.world.now, seen: 9, active: 9 });
    await cover("okta");
    await cover("aws-iam");
    expect(await taken(one)).toEqual({ stuck: 0, silent: { okta: 0, "aws-iam": 0 }, brake: 0, critical: 0 });
  });

  it("counts the hours since a source's last whole list, and since the installation where there was none", async () => {
    const one = await story();
    const at = later(one.world.now, -5);
    await one.world.ledger.cover({ connector: "okta", whole: true, at, seen: 1, active: 1 });
    await one.world.ledger.cover({ connector: "aws-iam", whole: false, at, seen: 1, active: 0 });
    expect((await taken(one)).silent).toEqual({ okta: 5, "aws-iam": 24 * 60 });
    expect((await taken(one, [])).silent).toEqual({});
  });

  it("counts what is stuck or overdue once, and only while it is open", async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    const { windDown } = await one.windDown();
    expect((await taken(one)).stuck).toBe(0);
    await steps["wind-down-stuck"].run(one.world, { contract: 1, id: windDown.id, fault: "PermissionMissing" });
    expect((await taken(one)).stuck).toBe(1);
    one.world.pass(0.9); // of what has registered no wait
    expect((await taken(one)).stuck).toBe(1);
    one.world.pass(1);
    expect((await taken(one)).stuck).toBe(2); // the case is overdue too, and the wind-down is counted once
    await one.world.findings.put(found("permission missing", "wdc_other", one.world.now, "Grant it."));
    expect((await taken(one)).stuck).toBe(2);
  });

  it("says that the brake has tripped, or that a hand is on it, and nothing of what was released or is late", async () => {
    const one = await story();
    const beat = async (window: Window) => {
      Object.assign(one.world, { ledger: { ...ledgerOf(one), brake: async () => ({ value: window, version: 1 }) } });
      return (await taken(one)).brake;
    };
    const batch = { id: "bat_1", at: hours(0), by: "cas_1", people: 9, most: 5 } as const;
    const trip = { ...batch, id: "trp_1", over: { limit: "peopleAnHour", counted: 5 } } as const;
    const released = { by: ["acc_1"], at: hours(0), until: hours(24), covers: 9 };
    const full = { buckets: [{ from: hours(0), people: { okta: 5 }, credentials: 50 }] };
    expect(await beat(full)).toBe(0);
    expect(await beat({ ...full, holds: [batch, { ...trip, released }] })).toBe(0);
    expect(await beat({ buckets: [], holds: [trip] })).toBe(1);
    expect(await beat({ buckets: [], frozen: { by: "acc_1", at: hours(0), because: "example" } })).toBe(1);
  });

  it("counts the critical findings that are open", async () => {
    const one = await story();
    const alive = found("still alive", "wdc_1", one.world.now, "Look at it.");
    await one.world.findings.put(alive);
    await one.world.findings.put(found("orphan credential", "crd_1", one.world.now, "Find an owner."));
    expect((await taken(one)).critical).toBe(1);
    await one.world.findings.close(alive.id);
    expect((await taken(one)).critical).toBe(0);
  });
});

const ledgerOf = ({ world: { ledger } }: Story) => ({
  coverage: () => ledger.coverage(),
  installed: () => ledger.installed(hours(0)),
});

describe("the roots", () => {
  async function kept(one: Story) {
    const objects = new Map<string, string>();
    const done = await keepRoots(one.world, async (key, text) => void objects.set(key, text));
    return { done, objects: [...objects].map(([key, text]) => ({ key, ...JSON.parse(text) })) };
  }

  it("are one object a day of where every trail ends, the same for the same trails", async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    const first = await kept(one);
    expect(first.done).toMatchObject({
      broken: 0,
      key: expect.stringMatching(/^roots\/2\d{3}-\d\d-\d\d\/[\w-]{43}[.]json$/),
    });
    expect(first.objects).toHaveLength(1);
    const { windDown, head } = await one.windDown();
    expect(first.objects[0].trails).toContainEqual({ trail: windDown.id, entries: head.n, hash: head.hash });
    expect(first.objects[0].trails).toHaveLength(first.done.trails);
    expect((await kept(one)).done.key).toBe(first.done.key);
    await one.press("snooze", "grace");
    expect((await kept(one)).done.key).not.toBe(first.done.key);
  });

  it("leave a broken one out, with a finding, and keep the others", async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    const { windDown } = await one.windDown();
    const whole = await kept(one);
    const { trails } = one.world;
    const lying = async (trail: string) => {
      const entries = await trails.entries(trail);
      return trail === windDown.id ? entries.map((entry) => ({ ...entry, by: "acc_mallory" })) : entries;
    };
    Object.assign(one.world, { trails: { entries: lying } });
    const { done, objects } = await kept(one);
    expect(done).toMatchObject({ trails: whole.done.trails, broken: 1 });
    expect(objects[0].trails.map(({ trail }: { trail: string }) => trail)).not.toContain(windDown.id);
    expect(objects[0].trails).toHaveLength(whole.done.trails - 1);
    expect((await one.world.findings.of(windDown.id)).map(({ kind }) => kind)).toContain("a trail is broken");
    expect(one.world.lines).toContain("error a trail is broken");
  });
});
