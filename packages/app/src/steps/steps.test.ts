import { badInput } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { keyIs, oktaUser, person } from "../../../../test/support/signals.ts";
import { story } from "../../../../test/support/story.ts";
import { type StepName, steps } from "./index.ts";

const names = Object.keys(steps) as StepName[];
const takesNothing: readonly StepName[] = [
  "announce-pending",
  "ingest-due",
  "restart-overdue",
  "watch-use",
  "review-unresolved",
  "sweep-estate",
  "sweep-on",
  "poll-feeds",
  "watch-feeds",
  "tell-refused",
  "keep-roots",
  "drill",
];

describe("bad input", () => {
  it.each(names.filter((name) => !takesNothing.includes(name)))(
    "of %s is named by where it is, never by what it is",
    async (name) => {
      const { world } = await story();
      const secret = "xoxb-CANARY";
      const given = {
        connector: 7,
        account: secret,
        credential: secret,
        windDown: secret,
        case: secret,
        id: secret,
        subject: secret,
        type: secret,
      };
      const fault = await steps[name].run(world, { ...given, contract: 1, fault: 7 }).catch((error: unknown) => error);
      expect(fault).toMatchObject({ name: "BadInput", facts: { where: expect.any(String) } });
      expect(JSON.stringify([fault, (fault as Error).message])).not.toContain("CANARY");
    },
  );

  it("of another contract is refused", async () => {
    const one = await story();
    await expect(steps["case-step"].run(one.world, { contract: 9, id: await one.leaves() })).rejects.toMatchObject({
      facts: { where: "contract" },
    });
  });
});

it("somebody who left gets a case, a wind-down and a question by the steps alone, and each is said", async () => {
  const { world, estate, leaves, windDown, started } = await story();
  const id = await leaves();
  for (const next of ["again", "again", "again", "wait"])
    expect(await steps["case-step"].run(world, { contract: 1, id })).toMatchObject({ do: next });
  await steps["announce-pending"].run(world, {});
  const stored = await windDown();
  expect([...world.said.values()]).toContainEqual({
    type: "wind-down.changed",
    windDown: stored.windDown.id,
    case: id,
  });
  await steps.wake.run(world, { type: "wind-down.changed", windDown: stored.windDown.id, case: id });
  expect(started).toEqual([`wind-down ${stored.windDown.id}-1`, `case ${id}-1`]);
  await steps["wind-down-step"].run(world, { contract: 1, id: stored.windDown.id });
  expect(await steps["case-step"].run(world, { contract: 1, id })).toMatchObject({
    do: "wait",
    seen: expect.any(Number),
  });
  expect((await windDown()).windDown.question?.custodian).toBe(oktaUser("grace"));
  expect(estate.asks).toHaveLength(2);
});

it("a departure opens one case, however often it is heard", async () => {
  const one = await story();
  await one.hear(person("left", "ada", one.world.now));
  const input = { type: "person.left", account: oktaUser("ada") };
  const [first, second] = [
    await steps["open-case"].run(one.world, input),
    await steps["open-case"].run(one.world, input),
  ];
  expect(first).toEqual(second);
  expect([...one.world.said.values()].filter(({ type }) => type === "case.opened")).toHaveLength(1);
  await expect(steps["open-case"].run(one.world, { ...input, account: "acc_none" })).rejects.toMatchObject({
    name: "BadInput",
  });
});

it("one source whose list cannot be read does not keep the others from it", async () => {
  const one = await story();
  const [aws, okta] = one.estate.providers;
  const page = async () => ({ signals: [], next: undefined, whole: true }) as const;
  const unread = async () => {
    throw badInput("a page is not of the shape that was expected");
  };
  const both = [
    { ...aws!, page: unread },
    { ...okta!, page },
  ];
  const estate = { provider: (id: string) => both.find((it) => it.id === id), providers: () => both };
  const swept = await steps["sweep-estate"].run({ ...one.world, estate }, {});
  expect(swept).toMatchObject({ swept: { "aws-iam": false, okta: true } });
});

it.each(["sweep-estate", "poll-feeds"] as const)(
  "%s: what nobody planned for at one provider is thrown once the others had their turn",
  async (name) => {
    const one = await story();
    const [aws, okta] = one.estate.providers;
    const asked: string[] = [];
    const surprise = async () => {
      throw new TypeError("an answer of a shape that nobody planned for");
    };
    const fine = async () => {
      asked.push("okta");
      return { signals: [], next: undefined, whole: true, more: false };
    };
    const both = [
      { ...aws!, page: surprise, since: surprise },
      { ...okta!, page: fine, since: fine },
    ];
    const estate = { provider: (id: string) => both.find((it) => it.id === id), providers: () => both };
    await expect(steps[name].run({ ...one.world, estate }, {})).rejects.toThrow(TypeError);
    expect(asked).toEqual(["okta"]);
  },
);

it("somebody's hand on a credential makes its wind-down look, and what is nobody's is left alone", async () => {
  const one = await story();
  await one.leaves();
  await one.settle();
  await one.hear(keyIs("disabled", one.world.now));
  expect(await steps["look-again"].run(one.world, { credential: one.key })).toEqual({ outcome: "looks now" });
  expect(await steps["look-again"].run(one.world, { credential: "crd_none" })).toEqual({ outcome: "not ours" });
  expect([...one.world.said.values()].map(({ type }) => type)).toContain("wind-down.changed");
});

it("what is overdue is restarted by its hour", async () => {
  const one = await story();
  await one.leaves();
  await one.settle();
  one.world.pass(2);
  expect(await steps["restart-overdue"].run(one.world, {})).toEqual({ restarted: 2 });
});
