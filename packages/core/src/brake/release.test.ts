import { describe, expect, it } from "vitest";
import { type CaseId, type Instant, later } from "../kernel/index.ts";
import {
  type AtBrake,
  arrive,
  type Frozen,
  type Hold,
  Limits,
  needsTwo,
  releaseCase,
  releaseHold,
  standingTrip,
  stops,
  voiceFor,
  type Window,
  withVoice,
} from "./index.ts";

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const at = (hours: number) => later(MONDAY, hours);
const LIMITS = Limits.parse({});
const one = (n: number): CaseId => `cas_${n}`;
const frozen: Frozen = { by: "acc_sam", at: MONDAY, because: "stop" };

const TRIPPED = "the brake has tripped";
const when = (hours: number) => ({ now: at(hours), hours: 24 });
const HELD = "its departure is held until somebody releases it";

interface Scene {
  readonly window: Window;
  readonly brakes: readonly AtBrake[];
}
/** So many leave at once, after a scene. */
function leave(
  count: number,
  hours = 0,
  late = 0,
  { window, brakes }: Scene = { window: { buckets: [] }, brakes: [] },
): Scene {
  let next = window;
  const more = Array.from({ length: count }, (_, n) => {
    const arrival = {
      case: one(brakes.length + n),
      source: "okta",
      recordedAt: at(hours),
      occurredAt: at(hours - late),
    };
    const arrived = arrive(next, arrival, at(hours), LIMITS, () => 0, Uint8Array.of(hours, late, n));
    next = arrived.window;
    return arrived.brake;
  });
  return { window: next, brakes: [...brakes, ...more] };
}
const why = ({ window, brakes }: Scene, n: number, hours: number, departed = true) =>
  stops(window, { departed, case: one(n), brake: brakes[n] }, at(hours));
const trip = ({ window }: Scene) => standingTrip(window)?.id ?? ("trp_none" as const);
const batch = ({ window }: Scene): Hold["id"] => window.holds?.find(({ over }) => over === undefined)?.id ?? "bat_none";
const release = (scene: Scene, id: Hold["id"], hours: number, covers = 99): Scene => ({
  ...scene,
  window: releaseHold(scene.window, id, ["acc_sam"], covers, when(hours)),
});

const burst = leave(8); // five counted, three held

describe("once it has tripped", () => {
  it.each([
    ["one that was counted before", 0, true],
    ["one that is held", 6, true],
    ["what is about nobody who departed", 0, false],
  ])("%s is frozen, and stays so when the hour is over", (_, n, departed) => {
    expect([why(burst, n, 0, departed), why(burst, n, 1_000, departed)]).toEqual([TRIPPED, TRIPPED]);
  });

  it("who was never counted goes on at no time", () => {
    expect(stops({ buckets: [] }, { departed: true, case: "cas_x" }, MONDAY)).toBe(
      "its departure has not been counted",
    );
    expect(stops({ buckets: [] }, { departed: false, case: "cas_x" }, MONDAY)).toBeUndefined();
  });
});

describe("a release of a trip", () => {
  const released = release(burst, trip(burst), 1, 3);

  it("lets go on who was held, and everybody whom it froze", () => {
    expect([0, 5, 7].map((n) => why(released, n, 2))).toEqual([undefined, undefined, undefined]);
  });

  it("ends after a day for who was held, and not for who was counted", () => {
    expect([0, 5].map((n) => why(released, n, 24.99))).toEqual([undefined, undefined]);
    expect([0, 5].map((n) => why(released, n, 25))).toEqual([undefined, HELD]);
    expect(why(release(released, trip(burst), 26, 3), 5, 27)).toBeUndefined(); // and it can be given again
  });

  it("what was begun under it goes on when it has run out, and stands still in the next trip", () => {
    const act = { departed: true, case: one(5), brake: released.brakes[5] };
    expect(stops(released.window, act, at(99))).toBe(HELD);
    expect(stops(released.window, { ...act, begun: true }, at(99))).toBeUndefined();
    expect(stops(burst.window, { ...act, begun: true }, at(99))).toBe(TRIPPED);
  });

  it("does not cover who came after it was agreed to", () => {
    const two = release(burst, trip(burst), 1, 2);
    expect([5, 6, 7].map((n) => why(two, n, 2))).toEqual([undefined, undefined, HELD]);
  });

  it("counts nobody again, and somebody new anew: that may trip it again, and freezes those it covered, too", () => {
    expect(released.window.buckets).toEqual(burst.window.buckets);
    const more = leave(1, 0.5, 0, released);
    expect(more.brakes.at(-1)?.as).toBe("held");
    expect([0, 5, 8].map((n) => why(more, n, 2))).toEqual([TRIPPED, TRIPPED, TRIPPED]);
    const both = release(more, trip(more), 2, 1);
    expect([0, 5, 8].map((n) => why(both, n, 3))).toEqual([undefined, undefined, undefined]);
    expect(leave(1, 4, 0, both).brakes.at(-1)?.as).toBe("counted");
  });

  it("takes no hand off", () => {
    const { window, brakes } = released;
    expect(why({ brakes, window: { ...window, frozen } }, 5, 2)).toBe("a person has put the brake on");
  });
});

describe("a release of one case", () => {
  const named = (scene: Scene, n: number, hours: number): Scene => ({
    ...scene,
    window: releaseCase(scene.window, one(n), ["acc_sam"], when(hours)) as Window,
  });

  it.each([
    ["that is held", 6],
    ["that was counted before", 2],
  ])("%s lets that one go on for a day, and the trip stands for all others", (_, n) => {
    const scene = named(burst, n, 1);
    expect(why(scene, n, 2)).toBeUndefined();
    expect([0, 5, 7].map((other) => why(scene, other, 2))).toEqual([TRIPPED, TRIPPED, TRIPPED]);
    expect(why(scene, n, 25)).toBe(TRIPPED);
  });

  it("is frozen by a trip that comes later", () => {
    const late = leave(1, 0, 2); // a batch
    const scene = leave(6, 0, 0, named(late, 0, 0));
    expect(why(named(late, 0, 0), 0, 1)).toBeUndefined();
    expect(why(scene, 0, 1)).toBe(TRIPPED);
    expect(why(named(scene, 0, 1), 0, 2)).toBeUndefined();
  });

  it("finds no room where two hundred stand, and room again when they have run out", () => {
    const full = Array.from({ length: 200 }).reduce(
      (window: Window, _, n) => releaseCase(window, one(n), ["acc_sam"], when(1)) as Window,
      burst.window,
    );
    expect(releaseCase(full, one(999), ["acc_sam"], when(2))).toBeUndefined();
    expect(releaseCase(full, one(3), ["acc_sam"], when(2))).toBeDefined();
    expect(releaseCase(full, one(999), ["acc_sam"], when(26))?.named).toHaveLength(1);
  });
});

describe("a batch", () => {
  const late = leave(4, 0, 2);

  it("holds its own and nobody else until it is released, once, and whoever comes late after that is a new one", () => {
    const scene = leave(1, 0, 0, late);
    expect([0, 4].map((n) => why(scene, n, 1))).toEqual([HELD, undefined]);
    const released = release(scene, batch(scene), 1, 4);
    expect([0, 3].map((n) => why(released, n, 2))).toEqual([undefined, undefined]);
    const next = leave(1, 3, 2, released);
    expect(next.brakes.at(-1)).toMatchObject({ as: "held", nth: 1 });
    expect(why(next, 5, 4)).toBe(HELD);
  });

  it("goes on under a trip that stood when it was released, and not under one that came since", () => {
    const before = leave(6, 0, 0, late);
    expect(why(release(before, batch(before), 1, 4), 0, 2)).toBeUndefined();
    const after = leave(6, 2, 0, release(late, batch(late), 1, 4));
    expect(why(after, 0, 3)).toBe(TRIPPED);
  });
});

describe("two people", () => {
  it.each([
    [50, false],
    [51, true],
  ])("must release a trip of %i people over a limit of five: %s", (count, two) => {
    expect(needsTwo(standingTrip(leave(count).window))).toBe(two);
  });

  it("must release a batch as large", () => {
    const of = (count: number) => leave(count, 0, 2).window.holds?.[0];
    expect([needsTwo(of(50)), needsTwo(of(51)), needsTwo(undefined)]).toEqual([false, true, false]);
  });

  const voice = {
    of: "trp_1",
    account: "acc_sam",
    accounts: ["acc_sam"],
    person: "per_sam",
    at: MONDAY,
    covers: 3,
  } as const;

  it("have a day to agree, about the same, and the release ends it", () => {
    const window = withVoice(burst.window, voice);
    expect(voiceFor(window, "trp_1", at(23))).toEqual(voice);
    expect([voiceFor(window, "trp_1", at(24)), voiceFor(window, "trp_2", at(1))]).toEqual([undefined, undefined]);
    expect(releaseHold(window, "trp_1", ["acc_sam", "acc_bob"], 3, when(1)).voices).toBeUndefined();
    expect(withVoice(window, { ...voice, of: "trp_2", at: at(25) }).voices).toHaveLength(1);
  });
});

it("forgets the oldest of many that were released, whom it holds stays held", () => {
  let scene = leave(1, 0, 2);
  const [first] = scene.brakes;
  for (let n = 0; n < 60; n += 1) {
    scene = release(scene, scene.window.holds?.at(-1)?.id ?? "bat_none", 0, 1);
    scene = leave(1, 0, 3 + n, scene);
  }
  expect(scene.window.holds?.length).toBeLessThanOrEqual(52);
  expect(stops(scene.window, { departed: true, case: one(0), brake: first }, at(1))).toBe(HELD);
});
