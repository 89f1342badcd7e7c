import { type Action, back } from "@leasehold/core/connector";
import { describe, expect, it } from "vitest";
import { actions } from "./actions.ts";
import type { Api } from "./api.ts";
import { simulator } from "./simulator.ts";
import { untouchable } from "./untouchable.ts";

const [disable, erase, disableService, eraseService] = actions as [Action<Api>, Action<Api>, Action<Api>, Action<Api>];
const of = (verb: string, credential: string) =>
  actions.find((one) => one.verb === verb && one.credential === credential) as Action<Api>;
type Sent = { constructor: { name: string }; input: Record<string, unknown> };
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

describe("what our own policy does not let us take back, since somebody has tagged it", () => {
  /** As the policy of our roles has it: whoever is tagged, AWS refuses us every change of, on as well as off. */
  async function down(action: Action<Api>, tags: object[]) {
    const world = simulator.acts![action.credential]!.start({ status: "Active" });
    const api = world.api as Api;
    const receipt = await action.apply(api, await action.plan(api, world.target));
    const send = async (command: Sent) => {
      if (command.constructor.name === "ListUserTagsCommand") return { Tags: tags };
      if (/^Update/.test(command.constructor.name)) throw Object.assign(new Error("no"), { name: "AccessDenied" });
      return api.send(command as never);
    };
    return { api: { account: api.account, send } as unknown as Api, receipt, world };
  }
  const switched = actions.filter(({ verb }) => verb === "disable");

  it.each(switched)("a person takes back, and is told how: $credential", async (action) => {
    const { api, receipt, world } = await down(action, [{ Key: "leasehold:never-touch", Value: "" }]);
    await expect(action.apply(api, back(receipt))).rejects.toMatchObject({
      name: "PermissionMissing",
      facts: { byHand: expect.stringMatching(/^set its status to Active by hand \(iam:Update.*take the tag/) },
    });
    expect(world.state()).toEqual({ status: "Inactive" });
    world.put({ status: "Active" }); // by hand
    expect(await action.apply(api, back(receipt))).toMatchObject({ adopted: true });
  });

  it.each(switched)("but where nobody has, it is a permission that was not given: $credential", async (action) => {
    const { api, receipt } = await down(action, []);
    const refused = action.apply(api, back(receipt));
    await expect(refused).rejects.toMatchObject({ name: "PermissionMissing" });
    await expect(refused).rejects.not.toHaveProperty("facts.byHand");
  });
});

const QUARANTINES = [of("quarantine", "login profile"), of("quarantine", "role")];
const ON: Readonly<Record<string, Record<string, string>>> = {
  "login profile": { status: "Active", since: "2026-01-05T08:00:00.000Z" },
  role: { status: "Active" },
};
const OTHER_STAGE = "arn:aws:iam::111122223333:policy/leasehold-other-quarantine";
const begun = ({ credential }: Action<Api>) => simulator.acts![credential]!.start(ON[credential]);
const answering = (api: Api, verb: string, to: (answer: object) => object) =>
  ({
    ...{ account: api.account, quarantine: api.quarantine },
    send: async (command: Sent) => {
      const answer = (await api.send(command as never)) as object;
      return command.constructor.name === `${verb}Command` ? to(answer) : answer;
    },
  }) as unknown as Api;

describe("quarantine", () => {
  it.each(QUARANTINES)("of a $credential is unsupported where the settings name no policy", async (action) => {
    const world = begun(action);
    const without = { account: world.api.account, send: world.api.send } as Api;
    const plan = await action.plan(without, world.target);
    expect(plan.refusals).toEqual([expect.stringMatching(/^unsupported: /)]);
    await expect(action.apply(without, plan)).rejects.toMatchObject({ name: "StalePlan" });
    expect(world.calls.filter((call) => /Attach(User|Role)/.test(call) && !/List/.test(call))).toEqual([]);
  });

  it.each(QUARANTINES)("of a $credential attaches our policy alone, and minds no other", async (action) => {
    const world = begun(action);
    const sent: unknown[] = [];
    const api = {
      ...world.api,
      send: async (command: Sent) => {
        if (/^(Attach|Detach)/.test(command.constructor.name)) sent.push(command.input["PolicyArn"]);
        return world.api.send(command as never);
      },
    } as unknown as Api;
    const receipt = await action.apply(api, await action.plan(api, world.target));
    await action.apply(api, back(receipt));
    expect(sent).toEqual([world.api.quarantine, world.api.quarantine]);
    const aws = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
    for (const verb of ["ListAttachedUserPolicies", "ListAttachedRolePolicies"]) {
      const held = answering(world.api as Api, verb, () => ({ AttachedPolicies: [{ PolicyArn: aws }] }));
      expect(await action.see(held, world.target)).toMatchObject({ status: "Active" });
    }
  });

  it.each(
    QUARANTINES.flatMap((action) => [
      { action, credential: action.credential, named: "no policy any more", quarantine: undefined },
      { action, credential: action.credential, named: "another one", quarantine: OTHER_STAGE },
    ]),
  )("of a $credential is not called undone where the settings name $named", async ({ action, quarantine }) => {
    const world = begun(action);
    const receipt = await action.apply(world.api as Api, await action.plan(world.api as Api, world.target));
    const since = { account: world.api.account, send: world.api.send, quarantine } as Api;
    expect(await action.see(since, world.target)).not.toMatchObject({ status: "Active" });
    await expect(action.apply(since, back(receipt))).rejects.toMatchObject({ name: "StalePlan" });
    const plan = await action.plan(since, world.target);
    expect(plan.refusals).toContain("it is under a quarantine of ours that these settings do not name");
    await expect(action.apply(since, { ...plan, refusals: [] })).rejects.toMatchObject({ name: "StalePlan" });
    await action.apply(world.api as Api, back(receipt));
    expect(await action.see(world.api as Api, world.target)).toMatchObject({ status: "Active" });
  });

  it.each(QUARANTINES)("of a $credential is not read out of a list that was cut short", async (action) => {
    const world = begun(action);
    const verb = action.credential === "role" ? "ListAttachedRolePolicies" : "ListAttachedUserPolicies";
    const cut = answering(world.api as Api, verb, () => ({ AttachedPolicies: [], IsTruncated: true }));
    await expect(action.see(cut, world.target)).rejects.toMatchObject({ name: "Unavailable" });
  });

  it.each(QUARANTINES)("of a $credential changes nothing where no further policy fits", async (action) => {
    const world = begun(action);
    const full = {
      ...world.api,
      send: async (command: Sent) => {
        if (/^Attach/.test(command.constructor.name))
          throw Object.assign(new Error("too many"), { name: "LimitExceededException" });
        return world.api.send(command as never);
      },
    } as unknown as Api;
    const plan = await action.plan(full, world.target);
    await expect(action.apply(full, plan)).rejects.toMatchObject({
      name: "StalePlan",
      message: expect.stringContaining("quota"),
    });
  });
});

describe("a role is never touched", () => {
  const quarantine = of("quarantine", "role");
  it.each<[string, object]>([
    ["that belongs to a service", { Arn: "arn:aws:iam::111122223333:role/aws-service-role/x/AWSServiceRoleForX" }],
    ["of Identity Center", { Arn: "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_x" }],
    ["of our own", { Arn: "arn:aws:iam::111122223333:role/leasehold-prod-aws-iam-act" }],
    ["that is tagged so", { Tags: [{ Key: "leasehold:never-touch", Value: "" }] }],
  ])("%s", async (_title, more) => {
    const world = begun(quarantine);
    const api = answering(world.api as Api, "GetRole", (answer) => {
      const { Role } = answer as { Role: object };
      return { Role: { ...Role, ...more } };
    });
    const plan = await quarantine.plan(api, world.target);
    expect(plan.refusals).toEqual([expect.stringMatching(/^never touched: /)]);
    await expect(quarantine.apply(api, { ...plan, refusals: [] })).rejects.toMatchObject({ name: "StalePlan" });
    expect(world.state()).toEqual({ status: "Active" });
  });
});

it("takes a role that was made again under the name for another one", async () => {
  const quarantine = of("quarantine", "role");
  const world = begun(quarantine);
  const other = { ...world.target, handle: { ...world.target.handle, roleId: "AROAI99QH8DHBEXAMPLE" } };
  expect(await quarantine.see(world.api as Api, other)).toBeUndefined();
  expect((await quarantine.plan(world.api as Api, other)).refusals).toEqual(["the role no longer exists"]);
});

it("does not delete a password that was made after the one that was looked at", async () => {
  const [erasing, world] = [of("delete", "login profile"), begun(of("delete", "login profile"))];
  const plan = await erasing.plan(world.api as Api, world.target);
  world.put({ status: "Active", since: "2026-02-05T08:00:00.000Z" });
  await expect(erasing.apply(world.api as Api, plan)).rejects.toMatchObject({ name: "StalePlan" });
  expect(world.state()).toMatchObject({ since: "2026-02-05T08:00:00.000Z" });
});

it("knows when a password was last used, that it never was, and that nobody can say", async () => {
  const [quarantine, world] = [of("quarantine", "login profile"), begun(of("quarantine", "login profile"))];
  const used = (answer: object) =>
    quarantine.lastUsed!(
      answering(world.api as Api, "GetUser", () => answer),
      world.target,
    );
  expect(await used({ User: { PasswordLastUsed: new Date("2026-10-30T17:00:00Z") } })).toBe("2026-10-30T17:00:00.000Z");
  expect(await used({ User: {} })).toBeNull();
  expect(await used({})).toBeUndefined();
});

it.each([of("disable", "signing certificate"), of("disable", "SSH public key")])(
  "does not take a list of each $credential that was cut short for one without it",
  async (action) => {
    const { target } = simulator.acts![action.credential]!.start({ status: "Active" });
    const api = { account: "111122223333", send: async () => ({ IsTruncated: true }) } as unknown as Api;
    await expect(action.see(api, target)).rejects.toMatchObject({ name: "Unavailable" });
  },
);
