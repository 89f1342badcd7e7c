import { type Action, back } from "@leasehold/core/connector";
import { describe, expect, it } from "vitest";
import { actions } from "./actions.ts";
import type { Api } from "./api.ts";
import { simulator } from "./simulator.ts";
import { untouchable } from "./untouchable.ts";

const [disable, erase, disableService, eraseService] = actions as [Action<Api>, Action<Api>, Action<Api>, Action<Api>];
const service = (status: string) => simulator.acts!["service-specific credential"]!.start({ status });
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

it.each([disableService, eraseService])(
  "$verb takes no service-specific credential of another account",
  async (action) => {
    const world = service("Active");
    const target = { ...world.target, handle: { ...world.target.handle, account: "444455556666" } };
    await expect(action.plan(world.api, target)).rejects.toMatchObject({ facts: { where: "handle.account" } });
    const key = {
      ...world.target,
      handle: { account: "111122223333", userName: "agent-7", accessKeyId: "AKIAEXAMPLE" },
    };
    await expect(action.plan(world.api, key)).rejects.toMatchObject({ facts: { where: "handle" } });
    expect(world.calls).toEqual([]);
  },
);

it("looks for a service-specific credential on every page, and does not take a cut list for one without it", async () => {
  const { target } = service("Active");
  const pages = (last: object) => {
    const send = async ({ input }: { input: { Marker?: string } }) =>
      input.Marker === undefined ? { ServiceSpecificCredentials: [], IsTruncated: true, Marker: "2" } : last;
    return { account: "111122223333", send } as unknown as Api;
  };
  const found = { ServiceSpecificCredentialId: target.handle["serviceSpecificCredentialId"], Status: "Active" };
  const see = (last: object) => disableService.see(pages(last), target);
  expect(await see({ ServiceSpecificCredentials: [found], IsTruncated: false })).toEqual({ status: "Active" });
  expect(await see({ ServiceSpecificCredentials: [], IsTruncated: false })).toBeUndefined();
  for (const cut of [{ IsTruncated: true }, { IsTruncated: true, Marker: "2" }])
    await expect(see({ ServiceSpecificCredentials: [], ...cut })).rejects.toMatchObject({ name: "Unavailable" });
});

it("does not say when a service-specific credential was last used: IAM does not know", () => {
  expect(disableService.lastUsed).toBeUndefined();
});

describe("what is never touched is refused where it would be done, too", () => {
  const tagged = (action: Action<Api>, tags: object[], more: object = {}) => {
    const world = action.credential === "access key" ? start("Active") : service("Active");
    const send = async (command: { constructor: { name: string } }) =>
      command.constructor.name === "ListUserTagsCommand" ? { Tags: tags, ...more } : world.api.send(command as never);
    return { world, api: { account: world.api.account, send } as unknown as Api };
  };

  it.each([disable, erase, disableService, eraseService])("$verb, by its user's tag", async (action) => {
    const { world, api } = tagged(action, [{ Key: "Leasehold:never-touch", Value: "" }]);
    const plan = await action.plan(api, world.target);
    expect(plan.refusals).toEqual(["never touched: its user is tagged leasehold:never-touch"]);
    await expect(action.apply(api, { ...plan, refusals: [] })).rejects.toMatchObject({ name: "StalePlan" });
    expect(await action.see(world.api, world.target)).toEqual({ status: "Active" });
    const other = tagged(action, [{ Key: "team", Value: "leasehold:never-touch" }]);
    expect((await action.plan(other.api, other.world.target)).refusals).toEqual([]);
  });

  it("where a list of tags was cut short, for it may be on the rest", async () => {
    const { world, api } = tagged(disable, [], { IsTruncated: true });
    expect((await disable.plan(api, world.target)).refusals).toEqual([
      "never touched: not all tags of its user could be read",
    ]);
  });

  it.each(["leasehold-prod-aws-iam-act", "<root_account>", "root"])("by the user's name: %s", async (userName) => {
    const { target } = start("Active");
    expect(
      await untouchable(start("Active").api as Api, { ...target, handle: { ...target.handle, userName } }),
    ).toMatch(/^never touched: /);
  });

  it("but what we took down can be taken back though somebody has tagged it since", async () => {
    const world = start("Active");
    const receipt = await disable.apply(world.api as Api, await disable.plan(world.api as Api, world.target));
    const send = async (command: { constructor: { name: string } }) =>
      command.constructor.name === "ListUserTagsCommand"
        ? { Tags: [{ Key: "leasehold:never-touch", Value: "" }] }
        : (world.api as Api).send(command as never);
    await disable.apply({ account: (world.api as Api).account, send } as unknown as Api, back(receipt));
    expect(await disable.see(world.api as Api, world.target)).toEqual({ status: "Active" });
  });
});
