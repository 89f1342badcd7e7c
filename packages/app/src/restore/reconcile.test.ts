import { type Instant, later } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { down, OFF, ON } from "../../../../test/support/estate.ts";
import { accessKey } from "../../../../test/support/signals.ts";
import { kindsOf, ofKey, type Story, story } from "../../../../test/support/story.ts";
import { freezeRestored, letGo } from "../brake/index.ts";
import { type Reconciling, reconcile } from "./index.ts";

const SAM = { by: "acc_sam", release: true, despite: false };

async function restored(prepare: (one: Story) => void | Promise<void> = () => {}, ...keys: string[]): Promise<Story> {
  const one = await story(...keys.map((id) => ofKey(id)));
  await one.leaves();
  await one.settle();
  await prepare(one);
  await freezeRestored(one.world);
  return one;
}
const frozen = async (one: Story) => (await one.world.ledger.brake()).value.frozen;
const as = ({ items }: Reconciling) => items.map((item) => item.as);

it("lets go when everything was compared, in the name of whoever asked, and goes on then", async () => {
  const one = await restored();
  await one.press("retire", "grace");
  await one.live(24);
  expect(one.estate.diary).toEqual([]);
  const done = await reconcile(one.world, SAM);
  expect(done).toMatchObject({ outcome: "released", looked: 1, unread: 0, items: [{ as: "as recorded" }] });
  expect(await kindsOf(one)).not.toContain("the store was restored");
  const { did, by } = (await one.world.trails.entries("brake")).at(-1)!;
  expect([did, by]).toEqual(["brake.released", "acc_sam"]);
  await one.live(24);
  expect(one.estate.diary).toEqual(["disable Inactive"]);
});

it("is nothing where the store was not restored", async () => {
  const one = await story();
  expect(await reconcile(one.world, SAM)).toMatchObject({ outcome: "was not restored", items: [] });
});

it("what is off by a hand that this store does not know is a finding, is not ours, and silence goes no further", async () => {
  const one = await restored((it) => void it.estate.states.set(it.key, OFF));
  expect(as(await reconcile(one.world, SAM))).toEqual(["off by an unknown hand"]);
  expect(await kindsOf(one)).toContain("off by an unknown hand");
  expect((await one.world.graph.node(one.key))?.value.contested).toBeDefined();
  expect((await one.windDown()).windDown).toMatchObject({ rung: "flagged", acts: [] });
});

it("what we know to have switched off is as recorded; what somebody switched since is asked about", async () => {
  const one = await restored((it) => it.live(73));
  expect(one.estate.diary).toEqual(["disable Inactive"]);
  expect(as(await reconcile(one.world, SAM))).toEqual(["as recorded"]);
  await freezeRestored(one.world);
  one.estate.states.set(one.key, ON);
  expect(as(await reconcile(one.world, SAM))).toEqual(["changed since"]);
  await one.live(1);
  expect(await kindsOf(one)).toContain("somebody changed it after us");
  expect(one.estate.diary).toEqual(["disable Inactive"]);
});

describe("an intent that is open", () => {
  const opened = (seen: (one: Story) => void) =>
    restored(async (one) => {
      await one.press("retire", "grace");
      one.estate.moods.after = () => {
        throw new Error("killed");
      };
      await one.settle().catch(() => {});
      one.estate.moods.after = () => {};
      seen(one);
    });

  it.each<[string, (one: Story) => void]>([
    ["adopted", () => {}],
    ["withdrawn", (one) => void one.estate.states.set(one.key, ON)],
    ["outcome unknown", (one) => void one.estate.states.set(one.key, { status: "Expired" })],
  ])("is %s by what is seen, and is never carried out", async (kind, seen) => {
    const one = await opened(seen);
    one.world.pass(1);
    expect(as(await reconcile(one.world, SAM))).toEqual([kind]);
    expect((await one.windDown()).open).toBeUndefined();
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("whose claim has not run out keeps the brake on", async () => {
    const one = await opened(() => {});
    expect(await reconcile(one.world, SAM)).toMatchObject({
      outcome: "not all was read",
      items: [{ as: "under way" }],
    });
    expect(await frozen(one)).toMatchObject({ restored: true });
  });
});

it("a provider that cannot be asked keeps it on, until somebody lets go despite it", async () => {
  const one = await restored();
  one.estate.moods.see = down;
  const unread = { outcome: "not all was read", items: [{ as: "unread", because: "Unavailable" }], unread: 1 };
  expect(await reconcile(one.world, SAM)).toMatchObject(unread);
  expect(await frozen(one)).toMatchObject({ restored: true });
  expect(await reconcile(one.world, { ...SAM, despite: true })).toMatchObject({ outcome: "released", unread: 1 });
});

it("goes on where it came to, and lets go with the last page alone", async () => {
  const ids = Array.from({ length: 23 }, (_, n) => `AKIAIOSFODNN7EXAM${String(n).padStart(3, "0")}`);
  const one = await restored(undefined, ...ids);
  const first = await reconcile(one.world, SAM);
  expect(first).toMatchObject({ outcome: "goes on", looked: 20 });
  expect(await frozen(one)).toMatchObject({ restored: true });
  const last = await reconcile(one.world, SAM);
  expect(last).toMatchObject({ outcome: "released", looked: 23 });
  const seen = [...first.items, ...last.items].map(({ credential }) => credential);
  expect(new Set(seen)).toEqual(new Set(ids.map((id) => accessKey(id))));
  await freezeRestored(one.world);
  expect(await reconcile(one.world, SAM)).toMatchObject({ outcome: "goes on", looked: 20 });
});

it.each<[string, string | undefined, string | undefined]>([
  ["an older file, and again", undefined, undefined],
  ["an older table, and again", "t-1", "t-2"],
])("%s: what was compared with the first is compared with the second, too", async (_title, first, second) => {
  const ids = Array.from({ length: 23 }, (_, n) => `AKIAIOSFODNN7EXAM${String(n).padStart(3, "0")}`);
  const one = await restored(undefined, ...ids);
  await freezeRestored(one.world, first);
  expect(await reconcile(one.world, SAM)).toMatchObject({ outcome: "goes on", looked: 20 });
  one.world.pass(1);
  await freezeRestored(one.world, second); // of a copy that was made meanwhile
  expect(await reconcile(one.world, SAM)).toMatchObject({ outcome: "goes on", looked: 20 });
  expect(await reconcile(one.world, SAM)).toMatchObject({ outcome: "released", looked: 23 });
});

it("what was restored anew while the last page was compared stays frozen", async () => {
  const one = await restored();
  one.estate.moods.see = () => {
    one.estate.moods.see = () => {};
    one.world.pass(1 / 60);
    again = freezeRestored(one.world);
  };
  let again: Promise<void> | undefined;
  one.world.hook = async (call) => {
    if (call === "marks.put") await again;
  };
  expect(await reconcile(one.world, SAM)).toMatchObject({ outcome: "goes on" });
  expect(await frozen(one)).toMatchObject({ restored: true });
  expect(await kindsOf(one)).toContain("the store was restored");
});

it("also compares what has ended, and what stands on its credential is asked about", async () => {
  const one = await restored(async (it) => {
    await it.live(24 * 80);
    expect(await it.world.windDowns.listOpen()).toMatchObject({ items: [] });
  });
  one.estate.states.set(one.key, ON);
  expect(as(await reconcile(one.world, SAM))).toEqual(["changed since"]);
  expect((await one.world.windDowns.listOpen()).items).toHaveLength(1);
});

it("what is begun again on one page hides nothing of the next", async () => {
  const ids = Array.from({ length: 23 }, (_, n) => `AKIAIOSFODNN7EXAM${String(n).padStart(3, "0")}`);
  const one = await restored(
    async (it) => {
      await it.live(24 * 80);
      expect(await it.world.windDowns.listOpen()).toMatchObject({ items: [] });
    },
    ...ids,
  );
  let known = 0;
  one.estate.moods.see = () => {
    if (known++ === 0) for (const id of ids) one.estate.states.set(accessKey(id), ON); // of all, whichever comes first
  };
  const seen: Reconciling["items"][number][] = [];
  for (let page = await reconcile(one.world, SAM); ; page = await reconcile(one.world, SAM)) {
    seen.push(...page.items);
    if (page.outcome !== "goes on") break;
  }
  expect(new Set(seen.map(({ credential }) => credential))).toEqual(new Set(ids.map((id) => accessKey(id))));
  expect(seen.map((item) => item.as)).toEqual(ids.map(() => "changed since"));
});

it("whoever may not let go leaves a hand on the brake, as any other hand", async () => {
  const one = await restored();
  expect(await reconcile(one.world, { ...SAM, release: false })).toMatchObject({ outcome: "waits for security" });
  expect(await frozen(one)).toMatchObject({ by: "leasehold" });
  expect((await frozen(one))?.restored).toBeUndefined();
  expect(await letGo(one.world, "acc_sam")).toMatchObject({ outcome: "released" });
});

it("a hand that was on before stays on", async () => {
  const at = "2026-01-01T00:00:00.000Z" as Instant;
  const one = await restored(async ({ world }) => {
    const { value, version } = await world.ledger.brake();
    const by = { by: "acc_bob", at, because: "a freeze" };
    await world.ledger.handBrake({ value: { ...value, frozen: by }, version }, { did: "x", by: "x", facts: {} }, at);
  });
  expect(await reconcile(one.world, SAM)).toMatchObject({ outcome: "a hand stays", frozen: { by: "acc_bob" } });
  expect(later(at, 0)).toBe((await frozen(one))?.at);
});
