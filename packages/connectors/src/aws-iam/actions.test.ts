import type { Action } from "@leasehold/core/connector";
import { expect, it } from "vitest";
import { type Api, actions } from "./actions.ts";
import { simulator } from "./simulator.ts";

const [disable, erase] = actions as [Action<Api>, Action<Api>];
const start = (status: string) => simulator.acts!["access key"]!.start({ status });

it.each([disable, erase])("$verb takes no key of another account, and does not even ask", async (action) => {
  const world = start("Active");
  const target = { ...world.target, handle: { ...world.target.handle, account: "444455556666" } };
  const wrong = { name: "BadInput", facts: { where: "handle.account" } };
  await expect(action.plan(world.api, target)).rejects.toMatchObject(wrong);
  await expect(action.lastUsed?.(world.api, target) ?? action.see(world.api, target)).rejects.toMatchObject(wrong);
  expect(world.calls).toEqual([]);
});

it("does not take a list that was cut short for one without the key", async () => {
  const { target } = start("Active");
  const api = { account: "111122223333", send: async () => ({ AccessKeyMetadata: [], IsTruncated: true }) };
  await expect(disable.see(api as unknown as Api, target)).rejects.toMatchObject({ name: "Unavailable" });
});

it("leaves alone what is neither on nor off, for it could not be brought back", async () => {
  const world = start("Expired");
  expect(await disable.plan(world.api, world.target)).toMatchObject({ refusals: ["the key is neither on nor off"] });
  expect(await erase.plan(world.api, world.target)).toMatchObject({ refusals: [] });
});

it.each([
  ["never", {}, null],
  ["once", { LastUsedDate: new Date("2026-10-30T17:00:00Z") }, "2026-10-30T17:00:00.000Z"],
])("says that a key was used %s", async (_title, used, then) => {
  const { target } = start("Active");
  const api = { account: "111122223333", send: async () => ({ AccessKeyLastUsed: { ServiceName: "N/A", ...used } }) };
  expect(await disable.lastUsed?.(api as unknown as Api, target)).toBe(then);
});

it("does not say when IAM does not", async () => {
  const { target } = start("Active");
  const gone = Object.assign(new Error("no such key"), { name: "NoSuchEntityException" });
  const send = () => Promise.reject(gone);
  expect(await disable.lastUsed?.({ account: "111122223333", send } as unknown as Api, target)).toBeUndefined();
});
