import type { Instant } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { actions } from "./actions.ts";
import { listener } from "./events/index.ts";
import { simulator, type World } from "./simulator.ts";

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const KEY = "AKIAIOSFODNN7EXAMPLE";
const target = {
  credential: "crd_demo" as const,
  handle: { account: "111122223333", userName: "agent-7", accessKeyId: KEY },
};

function demo() {
  let kept: World = structuredClone(simulator.sample!.world);
  const said: unknown[] = [];
  const memory = {
    get: () => kept,
    set: (world: World) => {
      kept = world;
    },
  };
  const live = simulator.live(
    memory,
    () => MONDAY,
    (event) => said.push(event),
  );
  return { live, said, status: () => kept.users[0]?.keys.find(({ accessKeyId }) => accessKeyId === KEY)?.status };
}

it("tells the bus what was done, as CloudTrail would, and by whom", async () => {
  const { live, said, status } = demo();
  const [disable] = actions;
  await disable!.apply(live.api, await disable!.plan(live.api, target));
  expect(status()).toBe("Inactive");
  expect(said.map((event) => listener.normalise(listener.event.parse(event)))).toEqual([
    [
      expect.objectContaining({
        kind: "credential.disabled",
        by: expect.objectContaining({ via: "session-name", name: expect.stringContaining("leasehold-act") }),
      }),
    ],
  ]);
});

it("does not fall back to what it said itself when that comes round late", async () => {
  const { live, said, status } = demo();
  const [disable] = actions;
  const plan = await disable!.plan(live.api, target);
  await disable!.apply(live.api, plan);
  await disable!.apply(live.api, { ...plan, before: { status: "Inactive" }, wanted: { status: "Active" } });
  live.absorb(said[0]);
  expect(status()).toBe("Active");
});

it("believes nothing of another account", () => {
  const { live, status } = demo();
  const event = (account: string) => ({
    ...{ source: "aws.iam", account },
    detail: {
      ...{ eventID: "1", eventTime: MONDAY, eventSource: "iam.amazonaws.com", eventName: "UpdateAccessKey" },
      userIdentity: { type: "Root" },
      requestParameters: { userName: "agent-7", accessKeyId: KEY, status: "Inactive" },
    },
  });
  live.absorb(event("444455556666"));
  expect(status()).toBe("Active");
  live.absorb(event("111122223333"));
  expect(status()).toBe("Inactive");
});

it("remembers over a restart", async () => {
  const { live, status } = demo();
  const [, erase] = actions;
  await erase!.apply(live.api, await erase!.plan(live.api, target));
  expect(status()).toBeUndefined();
  expect(await erase!.see(live.api, target)).toBeUndefined();
});
