import { denied, Fault, type Instant, throttled, unavailable } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { OFF, ON } from "../../../../test/support/estate.ts";
import { oktaUser } from "../../../../test/support/signals.ts";
import { didOf, kindsOf, ofKey, type Story, story } from "../../../../test/support/story.ts";
import { sweepPending } from "../announce/index.ts";
import { advance } from "./index.ts";
import { undo } from "./undo.ts";

/** Ada has left, Grace was asked, and in a moment her silence counts. */
async function ripe(): Promise<Story> {
  const one = await story();
  await one.leaves();
  await one.settle();
  await one.live(71.99);
  one.world.pass(0.01);
  return one;
}
const dies = (): never => {
  throw new Error("killed");
};
const step = async (one: Story) => advance(one.world, (await one.windDown()).windDown.id);
const claim = 0.05; // hours: longer than any claim lasts
const placesOf = async ({ world }: Story) =>
  (await world.ledger.brake()).value.buckets.reduce((sum, one) => sum + one.credentials, 0);

/** Once, at the run's last look at itself: between its intent and its act. */
function betweenIntentAndAct(one: Story, meanwhile: () => unknown): void {
  let intended = false;
  one.world.hook = async (call) => {
    if (call === "windDowns.intend") intended = true;
    if (!intended || call !== "windDowns.get") return;
    one.world.hook = () => {};
    await meanwhile();
  };
}

describe("an intent", () => {
  it("is not written on what was seen a while ago: whoever slept since then looks again", async () => {
    const one = await ripe();
    one.estate.moods.see = () => {
      one.estate.moods.see = () => {};
      one.world.pass(0.1);
    };
    await expect(step(one)).rejects.toMatchObject({ name: "StalePlan" });
    expect([one.estate.diary, (await one.windDown()).open]).toEqual([[], undefined]);
    await step(one);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("that is found open is never carried out", async () => {
    const one = await ripe();
    one.estate.moods.before = dies;
    await expect(step(one)).rejects.toThrow("killed");
    one.estate.moods.before = () => {};
    const { open } = await one.windDown();
    expect(await step(one)).toMatchObject({ do: "wait", until: open?.claimedUntil });
    expect(one.estate.diary).toEqual([]);
    await one.press("snooze", "grace");
    await one.live(claim);
    expect(one.estate.diary).toEqual([]);
    expect(await didOf(one)).toContain("intent.withdrawn");
    expect((await one.windDown()).open).toBeUndefined();
    expect(await placesOf(one)).toBe(0);
  });

  it("whose act a dead run had done is adopted, after its claim and not before", async () => {
    const one = await ripe();
    one.estate.moods.after = dies;
    await expect(step(one)).rejects.toThrow("killed");
    one.estate.moods.after = () => {};
    await one.settle();
    expect((await one.windDown()).windDown.acts).toEqual([]);
    await one.live(claim);
    expect((await one.windDown()).windDown.acts).toMatchObject([
      { to: "disabled", verified: "confirmed", receipt: { adopted: true } },
    ]);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("of which nobody knows what came is a finding and a new question, and silence never acts on it again", async () => {
    const one = await ripe();
    one.estate.moods.before = dies;
    await expect(step(one)).rejects.toThrow("killed");
    one.estate.moods.before = () => {};
    one.estate.states.set(one.key, { status: "Expired" });
    await one.live(claim);
    expect(await kindsOf(one)).toEqual(["outcome unknown"]);
    const { windDown } = await one.windDown();
    expect(windDown).toMatchObject({ rung: "flagged", acts: [], question: { ifSilent: "nothing" } });
    one.estate.states.set(one.key, ON);
    await one.live(24 * 20);
    expect(one.estate.diary).toEqual([]);
  });

  it("never has a number that another had", async () => {
    const one = await ripe();
    let busy = 3;
    one.estate.moods.before = () => {
      if (busy-- > 0) throw throttled("example");
    };
    for (let n = 0; n < 4; n += 1) await step(one).catch(() => {});
    const entries = await one.world.trails.entries((await one.windDown()).windDown.id);
    const closed = entries.flatMap(({ facts }) => facts["intent"] ?? []);
    expect(new Set(closed).size).toBe(4);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
    expect(await placesOf(one)).toBe(1); // what was withdrawn gave its place back
  });

  it("is one where two runs race", async () => {
    const one = await ripe();
    const { id } = (await one.windDown()).windDown;
    const tried = await Promise.allSettled([1, 2, 3].map(() => advance(one.world, id)));
    expect(tried.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
    await one.live(1);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
    expect(await one.whole()).toEqual([]);
  });

  it("of a run that slept past its time is withdrawn", async () => {
    const one = await ripe();
    betweenIntentAndAct(one, () => one.world.pass(0.02));
    await step(one);
    expect(one.estate.diary).toEqual([]);
    expect(await didOf(one)).toContain("intent.withdrawn");
    expect(await placesOf(one)).toBe(0);
  });

  it.each([
    ["throttled", () => throttled("example")],
    ["stale", () => new Fault("StalePlan", "it changed")],
    ["refused", () => denied("example", "iam:UpdateAccessKey")],
  ])("that was %s is withdrawn at once: nothing was changed", async (_title, fault) => {
    const one = await ripe();
    one.estate.moods.before = () => {
      throw fault();
    };
    await expect(step(one)).rejects.toBeInstanceOf(Fault);
    expect((await one.windDown()).open).toBeUndefined();
    one.estate.moods.before = () => {};
    await step(one);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("of which the provider did not say what came stays open", async () => {
    const one = await ripe();
    one.estate.moods.after = () => {
      throw unavailable("example");
    };
    await expect(step(one)).rejects.toMatchObject({ name: "Unavailable" });
    expect((await one.windDown()).open).toBeDefined();
    one.estate.moods.after = () => {};
    await one.live(claim);
    expect((await one.windDown()).windDown.acts).toHaveLength(1);
  });
});

describe("what is said before the last look wins", () => {
  it.each<[title: string, says: (one: Story) => Promise<unknown>]>([
    ["a keep", (one) => one.press("keep", "grace")],
    ["a hold", (one) => one.press("snooze", "grace")],
    ["an undo", async (one) => undo(one.world, (await one.windDown()).windDown.id, oktaUser("sam"))],
    ["a reinstatement", async (one) => undo(one.world, (await one.windDown()).windDown.id, undefined)],
    ["anything at all", async (one) => one.press("transfer", "grace", { to: "bob@example.com" })],
  ])("%s", async (_title, says) => {
    const one = await ripe();
    betweenIntentAndAct(one, () => says(one));
    await one.settle();
    await one.live(20);
    expect(one.estate.diary).toEqual([]);
    expect(await didOf(one)).toContain("intent.withdrawn");
  });

  it("a keep that comes after it is taken back to, and says whose it is now", async () => {
    const one = await ripe();
    one.estate.moods.after = async () => void (await one.press("keep", "grace"));
    await one.settle();
    await one.live(1);
    expect(one.estate.diary).toEqual(["disable Inactive", "disable Active"]);
    const { windDown } = await one.windDown();
    expect(windDown.closed?.as).toBe("kept");
    const node = (await one.world.graph.node(one.key))?.value;
    expect(node?.owner?.account).toBe(oktaUser("grace"));
    expect(node?.pending.map(({ kind }) => kind)).toContain("owner.changed");
    expect((await one.world.graph.ownedBy(oktaUser("grace"))).items).toEqual([one.key]);
  });

  it("a hold that comes after it is taken back to for as long as it lasts, and then asks anew", async () => {
    const one = await ripe();
    one.estate.moods.after = async () => void (await one.press("snooze", "grace"));
    await one.settle();
    one.estate.moods.after = () => {};
    await one.live(1);
    expect(one.estate.states.get(one.key)).toEqual(ON);
    await one.live(24);
    expect((await one.windDown()).windDown).toMatchObject({
      rung: "flagged",
      question: { custodian: oktaUser("grace") },
    });
    expect(one.estate.diary).toHaveLength(2);
  });
});

describe("a permission that is missing", () => {
  it("leaves nothing to be said that would wake whoever waits for it: the next try is in six hours, and not in a minute", async () => {
    const one = await ripe();
    one.estate.moods.before = () => {
      throw denied("example", "iam:UpdateAccessKey");
    };
    await sweepPending(one.world);
    one.world.said.clear();
    await one.settle();
    await sweepPending(one.world);
    expect(await didOf(one)).toContain("intent.withdrawn");
    const said = [...one.world.said.values()].map(({ type }) => type);
    expect(said).not.toContain("wind-down.changed");
  });

  it("waits six hours with a finding that says what would help, and goes on by itself", async () => {
    const one = await ripe();
    one.estate.moods.before = () => {
      throw denied("example", "iam:UpdateAccessKey");
    };
    await one.settle();
    const { id } = (await one.windDown()).windDown;
    expect(await one.world.findings.of(id)).toMatchObject([
      { kind: "permission missing", facts: { fault: "PermissionMissing" } },
    ]);
    one.estate.moods.before = () => {};
    const since = one.world.now;
    await one.live(6.1);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
    expect((await one.windDown()).windDown.acts[0]?.at).toBe(later6(since));
  });
});
const later6 = (since: Instant): string => new Date(Date.parse(since) + 6 * 3_600_000).toISOString();

it("never touches what a rule names, also on a yes, by whole name or by the end of it", async () => {
  const one = await story(ofKey(undefined, "arn:aws:iam::111122223333:user/break-glass"));
  one.configure({ neverTouch: [{ because: "it is the way in", identity: "break-glass" }] });
  await one.leaves();
  await one.settle();
  expect((await one.press("retire", "grace")).outcome).toBe("recorded");
  await one.press("retire", "sam");
  await one.live(24 * 9);
  expect(one.estate.diary).toEqual([]);
});

it("counts as silence what hangs on a yes to something else", async () => {
  const one = await story();
  await one.leaves();
  await one.settle();
  await one.press("retire", "grace");
  const stored = await one.windDown();
  const answer = {
    kind: "yes",
    token: "of another plan",
    voices: [{ account: oktaUser("grace"), person: "per_grace", security: false, at: one.world.now }],
  } as const;
  await one.world.windDowns.change(stored, { ...stored.windDown, answer }, { did: "answer.given", by: "x", facts: {} });
  await one.live(73);
  expect(one.estate.diary).toEqual(["disable Inactive"]);
  expect(await placesOf(one)).toBe(1);
});

it("the function that may delete does nothing else, and the other one does not delete", async () => {
  const one = await ripe();
  const { id } = (await one.windDown()).windDown;
  expect(await advance(one.world, id, "delete")).toEqual({ do: "again" });
  expect(one.estate.diary).toEqual([]);
  await one.live(24 * 27);
  await one.press("retire", "last");
  await one.press("retire", "sam");
  await one.press("retire", "grace");
  expect(one.estate.diary).toEqual(["disable Inactive"]);
  await one.live(24 * 4);
  expect(one.estate.diary).toEqual(["disable Inactive", "delete gone"]);
  expect((await one.windDown()).windDown.closed?.as).toBe("gone");
});

it("a connector that left the configuration is waited for: what we did is neither lost nor overtaken", async () => {
  const one = await ripe();
  await one.settle();
  expect(one.estate.states.get(one.key)).toEqual(OFF);
  one.estate.gone = true;
  await one.live(24);
  const { windDown } = await one.windDown();
  expect(windDown.acts).toHaveLength(1);
  expect(windDown.rung).toBe("disabled");
  expect(await kindsOf(one)).toContain("provider unavailable");
  one.estate.gone = false;
  await undo(one.world, windDown.id, oktaUser("sam"));
  await one.live(7);
  expect(one.estate.diary).toEqual(["disable Inactive", "disable Active"]);
});
