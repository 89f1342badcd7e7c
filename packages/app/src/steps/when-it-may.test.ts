import type { Hand } from "@leasehold/app/world";
import { Fault, laterBy, throttled } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { didOf, type Story, story } from "../../../../test/support/story.ts";
import { undo } from "../winddown/index.ts";
import { steps } from "./index.ts";

const busy = (seconds: number) =>
  new Fault("Throttled", "no turn", { provider: "example", retryAfterSeconds: seconds });
const step = async ({ world }: Story, id: string) => steps["wind-down-step"].run(world, { contract: 1, id });

async function ripe(): Promise<Story> {
  const one = await story();
  await one.leaves();
  await one.settle();
  await one.live(71.99);
  one.world.pass(0.01);
  return one;
}

it("a limit that has no turn is waited for until it has one: nothing is stuck, and nothing tries again before", async () => {
  const one = await ripe();
  const { id } = (await one.windDown()).windDown;
  one.estate.moods.before = () => {
    throw busy(90);
  };
  const next = await step(one, id);
  const stored = await one.windDown();
  expect(next).toEqual({ do: "wait", until: laterBy(one.world.now, 90), version: stored.version });
  expect(await didOf(one)).toContain("intent.withdrawn");
  one.estate.moods.before = () => {};
  one.world.pass(90 / 3_600);
  expect(await step(one, id)).toMatchObject({ do: "wait" });
  expect(one.estate.diary).toEqual(["disable Inactive"]);
});

it("so it is for a case, whose gate asks a directory", async () => {
  const one = await story();
  const id = await one.leaves();
  one.estate.moods.person = () => {
    throw busy(30);
  };
  const next = await steps["case-step"].run(one.world, { contract: 1, id });
  expect(next).toMatchObject({ do: "wait", until: laterBy(one.world.now, 30) });
});

it.each([
  ["nobody said when to come back", throttled("example")],
  ["it is another fault", new Fault("Unavailable", "down", { retryAfterSeconds: 9 })],
])("is left to the workflow where %s", async (_title, fault) => {
  const one = await ripe();
  const { id } = (await one.windDown()).windDown;
  one.estate.moods.see = () => {
    throw fault;
  };
  await expect(step(one, id)).rejects.toBe(fault);
});

it.each([
  ["what goes down takes its turn", false],
  ["what is taken back goes first", true],
])("%s", async (_title, undone) => {
  const one = await ripe();
  const { id } = (await one.windDown()).windDown;
  await step(one, id);
  const turns: string[] = [];
  const { provider: usual } = one.world.estate;
  const watched = (hand: Hand, turn: string): Hand => ({
    ...hand,
    see: (target) => {
      turns.push(turn);
      return hand.see(target);
    },
    verify: (receipt) => {
      turns.push(turn);
      return hand.verify(receipt);
    },
  });
  const noted = (of: string, turn: string) => {
    const found = usual(of);
    return found && { ...found, hands: found.hands.map((hand) => watched(hand, turn)) };
  };
  const provider = (of: string) => {
    const found = noted(of, "usual");
    return found && { ...found, urgent: noted(of, "urgent") };
  };
  Object.assign(one.world, { estate: { provider, providers: one.world.estate.providers } });
  if (undone) {
    await undo(one.world, id, undefined);
    turns.length = 0;
  }
  await step(one, id);
  expect(turns).toEqual([]); // what is not settled yet is not looked at
  one.world.pass(1);
  await step(one, id);
  expect(new Set(turns)).toEqual(new Set([undone ? "urgent" : "usual"]));
});
