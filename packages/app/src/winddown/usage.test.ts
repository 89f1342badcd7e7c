import { type Instant, later, laterBy } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { OFF } from "../../../../test/support/estate.ts";
import { kindsOf, type Story, story } from "../../../../test/support/story.ts";
import { recordUsage } from "../usage/index.ts";

const caller = { name: "arn:aws:iam::111122223333:user/deploy", via: "iam-user" } as const;

const called = ({ world, key }: Story, at: Instant, { refused = false, approximate = false } = {}) =>
  recordUsage(world, {
    ...{ sourceObject: `object of ${at}`, approximate },
    uses: [{ credential: key, caller, service: "s3", action: "PutObject", at, refused, eventId: `event ${at}` }],
  });

describe("the provider says never used, and a usage record knows a call", () => {
  it.each<[title: string, hours: number, how: { refused?: boolean; approximate?: boolean }, off: boolean]>([
    ["of an hour ago: in use", -1, {}, false],
    ["that the bus told of: in use", -1, { approximate: true }, false],
    ["that was refused: somebody has the key and tries it", -1, { refused: true }, false],
    ["of twenty-five days ago: in use", -24 * 25, {}, false],
    ["of forty days ago: no longer in use", -24 * 40, {}, true],
  ])("%s", async (_title, hours, how, off) => {
    const one = await story();
    await one.leaves();
    await called(one, later(one.world.now, hours), how);
    await one.settle();
    await one.live(73);
    expect(one.estate.diary).toEqual(off ? ["disable Inactive"] : []);
  });

  it("between the question and the act: the act is left", async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    await one.live(60);
    await called(one, one.world.now);
    await one.live(24);
    expect(one.estate.diary).toEqual([]);
  });
});

it("that no record knows a call is no proof: where the provider does not say, it may be in use", async () => {
  const one = await story();
  Object.assign(one.estate, { used: undefined });
  await one.leaves();
  await called(one, later(one.world.now, -24 * 40));
  await one.settle();
  await one.live(73);
  expect(one.estate.diary).toEqual([]);
});

describe("a call after it was switched off, and after that could be known everywhere", () => {
  async function usedAfterTheAct(seconds: number, refused: boolean): Promise<Story> {
    const one = await story();
    let told = false;
    one.world.hook = async (name) => {
      if (name !== "windDowns.close" || told) return;
      told = true;
      await called(one, laterBy(one.world.now, seconds), { refused });
    };
    await one.leaves();
    await one.settle();
    await one.live(73);
    expect(one.estate.states.get(one.key)).toEqual(OFF);
    return one;
  }

  it.each([
    ["went through: it is still alive", 11, false, ["still alive"]],
    ["was refused: it is dead, and somebody tries it", 11, true, []],
    ["came before that: not yet known everywhere", 5, false, []],
  ])("%s", async (_title, seconds, refused, found) => {
    const one = await usedAfterTheAct(seconds, refused);
    expect(await kindsOf(one)).toEqual(found);
  });
});
