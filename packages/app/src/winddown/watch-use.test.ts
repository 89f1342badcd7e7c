import { type Instant, later, laterBy } from "@leasehold/core/kernel";
import { sessionsUntil } from "@leasehold/core/winddown";
import { describe, expect, it } from "vitest";
import { handOf, OFF, ON } from "../../../../test/support/estate.ts";
import { keyIs } from "../../../../test/support/signals.ts";
import { didOf, kindsOf, type Story, story } from "../../../../test/support/story.ts";
import { caseView } from "../case-view/index.ts";
import { openForOne } from "../casework/index.ts";
import { recordUsage } from "../usage/index.ts";
import { review, watchUse } from "./index.ts";

const LONGEST = 48; // hours
const caller = { name: "arn:aws:iam::111122223333:user/deploy", via: "iam-user" } as const;

/** Switched off in silence after 72 hours, and read back; a session can live for two days more. */
async function off(hours = 73): Promise<Story> {
  const one = await story();
  const sessions = { longest: LONGEST * 3_600 };
  one.estate.hands = [handOf(one.estate, "disable", OFF, { sessions })];
  await one.leaves();
  await one.settle();
  await one.live(hours);
  expect(one.estate.diary).toEqual(["disable Inactive"]);
  return one;
}
const called = ({ world, key }: Story, at: Instant, refused = false) =>
  recordUsage(world, {
    ...{ sourceObject: `object of ${at}`, approximate: false },
    uses: [{ credential: key, caller, service: "s3", action: "PutObject", at, refused, eventId: `event ${at}` }],
  });
const view = async (one: Story) => caseView(one.world, (await one.windDown()).windDown.case);

describe("what was switched off", () => {
  it("is confirmed at the instant of the read, and final when no session can live any more", async () => {
    const one = await off();
    const { windDown } = await one.windDown();
    const act = windDown.acts[0]!;
    expect(act.proof).toEqual({ at: laterBy(act.at, 10), sessions: laterBy(act.at, 10 + LONGEST * 3_600) });
    expect(windDown.closed).toBeUndefined();
    const shown = (await view(one)).items[0]?.windDown?.acts[0];
    expect(shown).toMatchObject({ verified: "confirmed", readAt: act.proof?.at, final: false });
    expect(shown?.sessionsUntil).toBe(sessionsUntil(windDown));

    await one.live(LONGEST);
    const after = await one.windDown();
    expect(after.windDown.closed?.as).toBe("bottom");
    expect(after.windDown.acts[0]?.proof?.at).toBe(sessionsUntil(windDown));
    expect((await view(one)).items[0]?.windDown?.acts[0]).toMatchObject({ verified: "confirmed", final: true });
    expect((await didOf(one)).filter((did) => did === "credential.verified")).toHaveLength(2);
    expect(await kindsOf(one)).toEqual([]);
  });

  it.each<[title: string, refused: boolean, minutes: number, kinds: readonly string[]]>([
    ["and is called with: it is still alive", false, 30, ["still alive"]],
    ["and is tried in vain: it is dead, and something has it still", true, 30, ["tried after it was switched off"]],
    ["and was called with just before: it is dead", false, 0, []],
  ])("%s", async (_title, refused, minutes, kinds) => {
    const one = await off();
    const { at } = (await one.windDown()).windDown.acts[0]!;
    await called(one, later(at, minutes / 60), refused);
    const isAlive = kinds.includes("still alive");
    expect(await watchUse(one.world)).toBe(isAlive ? 1 : 0);
    expect(await kindsOf(one)).toEqual(kinds);
    expect(await watchUse(one.world)).toBe(0); // said once
    await one.live(24 * 60);
    const { windDown } = await one.windDown();
    expect(windDown.acts[0]?.verified).toBe(isAlive ? "still alive" : "confirmed");
    expect(windDown.closed?.as).toBe(isAlive ? "unresolved" : "bottom");
  });

  it("is still alive where the provider says at the end of the watch that it was used", async () => {
    const one = await off();
    one.estate.used = later(one.world.now, 5);
    await one.live(LONGEST);
    expect(await kindsOf(one)).toContain("still alive");
    expect((await one.windDown()).windDown.acts[0]?.verified).toBe("still alive");
  });
});

it("that is off and tried is a finding for a week after the last try, which names who called and what", async () => {
  const one = await off(76);
  const { at } = (await one.windDown()).windDown.acts[0]!;
  await called(one, later(at, 0.5), true);
  await called(one, later(at, 2), true);
  await watchUse(one.world);
  expect((await one.world.findings.list()).items).toMatchObject([
    { severity: "low", facts: { credential: one.key, caller: caller.name, call: "s3:PutObject", last: later(at, 2) } },
  ]);
  one.world.now = later(at, 2 + 7 * 24);
  await watchUse(one.world);
  expect(await kindsOf(one)).toHaveLength(1);
  one.world.pass(1);
  await watchUse(one.world);
  expect(await kindsOf(one)).toEqual([]);
});

describe("days after its wind-down and its case have ended", () => {
  async function ended(): Promise<Story> {
    const one = await off(24 * 7);
    expect((await one.windDown()).windDown.closed?.as).toBe("bottom");
    expect((await one.world.cases.list("open")).items).toEqual([]);
    one.world.pass(24 * 10);
    return one;
  }

  it.each<[string, (one: Story) => unknown]>([
    ["by a usage record", (one) => called(one, one.world.now)],
    ["by the provider's own last use", (one) => Object.assign(one.estate, { used: one.world.now })],
  ])("a use that is known %s is a finding and a page, once", async (_title, tell) => {
    const one = await ended();
    await review(one.world);
    expect(await kindsOf(one)).toEqual([]);
    await tell(one);
    await review(one.world);
    expect(await kindsOf(one)).toEqual(["still alive"]);
    const about = (await one.world.findings.list()).items[0]?.about;
    expect(about && (await one.world.outbox.of(about))).toBeDefined();
    const { head } = await one.windDown();
    await review(one.world);
    expect((await one.windDown()).head).toEqual(head);
    expect(await one.whole()).toEqual([]);
  });

  it("that somebody switched it on is found though no event said so: no use of it is one after death", async () => {
    const one = await ended();
    one.estate.states.set(one.key, ON);
    one.estate.used = one.world.now;
    await review(one.world);
    expect(await kindsOf(one)).toEqual(["somebody changed it after us"]);
    await one.settle();
    expect((await one.windDown()).windDown).toMatchObject({ rung: "flagged", question: { ifSilent: "nothing" } });
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("what another wind-down has taken down since is that one's to watch: of a use before it ours says nothing", async () => {
    const one = await ended();
    const ours = (await one.windDown()).windDown;
    one.estate.states.set(one.key, ON); // by somebody's hand, and no event said so
    const at = one.world.now;
    const leaked = { kind: "exposed", subject: one.key, occurredAt: at, recordedAt: at, eventId: "leaked" } as const;
    await openForOne(one.world, leaked);
    await one.settle();
    one.world.pass(1);
    one.estate.used = one.world.now;
    await called(one, one.world.now);
    one.world.pass(1);
    await one.press("retire", "sam");
    await one.live(1);
    const theirs = (await one.windDown()).windDown;
    expect(theirs.id).not.toBe(ours.id);
    expect(theirs).toMatchObject({ rung: "disabled", acts: [{ verified: "confirmed" }] });
    await review(one.world);
    expect(await kindsOf(one)).not.toContain("still alive");
    expect((await one.world.windDowns.get(ours.id))?.windDown.acts[0]?.verified).toBe("confirmed");
    one.estate.used = later(one.world.now, 1);
    one.world.pass(2);
    await review(one.world);
    const alive = (await one.world.findings.list()).items.filter(({ kind }) => kind === "still alive");
    expect(alive.map(({ about }) => about)).toEqual([theirs.id]);
  });

  it("a provider that cannot be asked is asked another day, and stops nothing", async () => {
    const one = await ended();
    one.estate.moods.see = () => {
      throw Object.assign(new Error(), {});
    };
    await expect(review(one.world)).rejects.toThrow(); // what nobody planned for is not hidden
    const { down } = await import("../../../../test/support/estate.ts");
    one.estate.moods.see = down;
    expect(await review(one.world)).toBe(0);
    expect(await kindsOf(one)).toEqual([]);
  });

  it("that it is gone by somebody's hand is no news", async () => {
    const one = await ended();
    one.estate.states.set(one.key, undefined);
    await one.hear(keyIs("deleted", one.world.now));
    await review(one.world);
    expect(await kindsOf(one)).toEqual([]);
  });
});
