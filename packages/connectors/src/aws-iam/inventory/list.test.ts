import type { Page } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import type { SignalOf } from "@leasehold/core/signal";
import { expect, it } from "vitest";
import { accessKey, emailAccount, verbOf } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { simulator } from "../simulator.ts";
import { check } from "./check.ts";
import { lister } from "./list.ts";

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const world = () => {
  const memory = { get: () => simulator.sample!.world, set: () => {} };
  return simulator.live(
    memory,
    () => MONDAY,
    () => {},
  );
};
const first = async (api: Api) => {
  const page = await lister.page(api, undefined, MONDAY);
  return { page, keys: seenIn([page]) };
};
const seenIn = (pages: readonly Page[]) =>
  pages.flatMap(({ signals }) => signals).filter((one) => one.kind === "credential.seen");
const identitiesIn = (pages: readonly Page[]) =>
  pages.flatMap(({ signals }) => signals).filter((one) => one.kind === "identity.seen");
async function every(api: Api): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for (let cursor: string | undefined, last = false; !last; last = cursor === undefined) {
    const page = await lister.page(api, cursor, MONDAY);
    pages.push(page);
    cursor = page.next;
  }
  return pages;
}
const refusing = (api: Api, refused: string): Api => ({
  account: api.account,
  send: (async (command: never) => {
    if (`iam:${verbOf(command)}` === refused) throw Object.assign(new Error("no"), { name: "AccessDenied" });
    return api.send(command);
  }) as Api["send"],
});

it("says of each key what it is, what it reaches, who is declared, and when it was used", async () => {
  const { keys } = await first(world().api);
  expect(keys).toHaveLength(3); // of two users: a page of them
  expect(keys[0]).toEqual({
    kind: "credential.seen",
    source: { connector: "aws-iam", eventId: `list:AKIAIOSFODNN7EXAMPLE:${MONDAY}`, occurredAt: MONDAY },
    tenant: "111122223333",
    credential: accessKey("AKIAIOSFODNN7EXAMPLE"),
    type: "access key",
    identity: expect.objectContaining({ realm: "aws", name: "arn:aws:iam::111122223333:user/agent-7" }),
    handle: { account: "111122223333", userName: "agent-7", accessKeyId: "AKIAIOSFODNN7EXAMPLE" },
    state: "on",
    tags: ["4gH72lfqatIfnS6h", "Yi8Gy80uxSXTVu43"],
    createdAt: "2026-01-05T08:00:00.000Z",
    lastUsed: "2026-10-30T17:00:00.000Z",
    reach: "write",
    owner: emailAccount("ada@example.com"),
  });
  expect(keys[1]).toMatchObject({ state: "off", lastUsed: null });
  expect(keys[2]).toMatchObject({ reach: "admin", lastUsed: null });
  expect(keys[2]).not.toHaveProperty("owner");
});

it("says of each service-specific credential what IAM says, on however many pages, and never how it is opened", async () => {
  const pages = await every(world().api);
  expect(pages.every(({ whole }) => whole)).toBe(true);
  const all = seenIn(pages);
  const services = all.filter(({ type }) => type === "service-specific credential");
  expect(services).toMatchObject([
    {
      credential: accessKey("ACCAIOSFODNN7EXAMPLE"),
      identity: { name: "arn:aws:iam::111122223333:user/BedrockAPIKey-ab12" },
      handle: { serviceSpecificCredentialId: "ACCAIOSFODNN7EXAMPLE", serviceName: "bedrock.amazonaws.com" },
      ...{ state: "on", createdAt: "2026-01-05T08:00:00.000Z", expiresAt: "2026-12-05T08:00:00.000Z" },
    },
    { credential: accessKey("ACCAI44QH8DHBEXAMPLE"), state: "off" },
  ]);
  expect(services.every((one) => !("lastUsed" in one))).toBe(true);
  expect(services[1]).not.toHaveProperty("expiresAt");
});

it("does not call a list of service-specific credentials whole that ends without a word where to go on", async () => {
  const { api } = world();
  const send = async (command: never) => {
    const answer = (await api.send(command)) as object;
    return verbOf(command) === "ListServiceSpecificCredentials" ? { ...answer, IsTruncated: true } : answer;
  };
  expect((await first({ account: api.account, send } as unknown as Api)).page.whole).toBe(false);
});

it("asks for what users share once, and of each user what no call tells of all", async () => {
  const { api, calls = [] } = world();
  const pages = await every(api);
  const users = identitiesIn(pages).filter(({ type }) => type === "user").length;
  const count = (verb: string) => calls.filter((call) => call === `iam:${verb}`).length;
  expect(count("GetAccountAuthorizationDetails")).toBe(3 + 2 + 1); // pages of users, of roles, and what they share
  expect(count("ListServiceSpecificCredentials")).toBe(2); // two in the account, one a page of the stand-in's
  expect([count("GenerateCredentialReport"), count("GetCredentialReport")]).toEqual([1, 1]);
  for (const verb of ["ListAccessKeys", "ListSSHPublicKeys"]) expect(count(verb)).toBe(users);
  const notInReport = 2;
  for (const verb of ["GetLoginProfile", "ListSigningCertificates"]) expect(count(verb)).toBe(notInReport);
  expect(count("GetAccessKeyLastUsed")).toBe(1 + 2); // of them one, and two of one birthday, of which the report tells no which
});

it("does not call a reach small because it may not look at what is shared", async () => {
  const { api } = world();
  const send = async (command: { input: { Filter?: string[] } }) => {
    if (command.input.Filter?.includes("Group")) throw Object.assign(new Error("no"), { name: "AccessDenied" });
    return api.send(command as never);
  };
  const { page, keys } = await first({ account: api.account, send } as unknown as Api);
  expect(page.whole).toBe(false);
  expect(keys[0]?.reach).toBe("write"); // known from its own policy
  const [role] = seenIn(await every({ account: api.account, send } as unknown as Api)).filter(isRole);
  expect(role?.reach).toBe("unknown"); // by a policy of the account's own
});

const isRole = ({ type }: SignalOf<"credential.seen">) => type === "role";

it("says of a user what it is, what bounds it, and by what else it can prove itself", async () => {
  const pages = await every(world().api);
  const name = "arn:aws:iam::111122223333:user/console-only";
  expect(identitiesIn(pages).find(({ identity }) => identity.name === name)).toMatchObject({
    ...{ type: "user", boundary: "arn:aws:iam::111122223333:policy/people", groups: [] },
  });
  expect(seenIn(pages).filter(({ identity }) => identity.name === name)).toMatchObject([
    { type: "login profile", handle: { userName: "console-only" }, state: "on" },
    { type: "signing certificate", credential: accessKey("TA7SMP42TDN5Z26OBPJE7EXAMPLE"), state: "on" },
    { type: "SSH public key", credential: accessKey("APKAIOSFODNN7EXAMPLE"), state: "off" },
  ]);
  const [agent] = identitiesIn(pages);
  expect(agent).toMatchObject({ boundary: null, groups: ["agents"], owner: emailAccount("ada@example.com") });
});

it("says of a role who may assume it, and of those that AWS does not keep for itself that it is a credential", async () => {
  const pages = await every(world().api);
  const roles = identitiesIn(pages).filter(({ type }) => type === "role");
  expect(roles.map(({ identity, trusts }) => [identity.name.split("/").at(-1), trusts])).toEqual([
    ["agent-runtime", ["service lambda.amazonaws.com"]],
    ["deploy", ["oidc token.actions.githubusercontent.com repo:example/search:*"]],
    ["AWSServiceRoleForSupport", ["service support.amazonaws.com"]],
  ]);
  expect(seenIn(pages).filter(isRole)).toMatchObject([
    {
      ...{ credential: accessKey("AROAIOSFODNN7EXAMPLE"), reach: "read", shared: true, state: "on" },
      handle: { account: "111122223333", roleName: "agent-runtime", roleId: "AROAIOSFODNN7EXAMPLE" },
      ...{ owner: emailAccount("ada@example.com"), lastUsed: "2026-10-31T08:00:00.000Z" },
    },
    { credential: accessKey("AROAI44QH8DHBEXAMPLE") },
  ]);
  expect(seenIn(pages).filter(isRole)[1]).not.toHaveProperty("lastUsed"); // that IAM says none is not that there was none
});

it("knows a role that one user alone may assume for that user's", async () => {
  const one = structuredClone(simulator.sample!.world);
  const trusting = (AWS: string) => ({
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS } }],
  });
  one.roles![0]!.trust = trusting("arn:aws:iam::111122223333:user/ada");
  one.roles![1]!.trust = trusting("arn:aws:iam::111122223333:root");
  const live = simulator.live(
    { get: () => one, set: () => {} },
    () => MONDAY,
    () => {},
  );
  expect(
    seenIn(await every(live.api))
      .filter(isRole)
      .map(({ shared }) => shared),
  ).toEqual([false, true]);
});

it("says of a role what its own policies name, and which there are", async () => {
  const one = structuredClone(simulator.sample!.world);
  const resource = "arn:aws:rds:eu-west-1:111122223333:cluster:support";
  const [role, bare] = one.roles ?? [];
  role!.inline = {
    support: { Statement: { Effect: "Allow", Action: "rds-data:*", Resource: resource } },
    deny: { Statement: { Effect: "Deny", Action: "*", Resource: "*" } },
  };
  bare!.inline = {};
  const live = simulator.live(
    { get: () => one, set: () => {} },
    () => MONDAY,
    () => {},
  );
  const [first, second] = identitiesIn(await every(live.api)).filter(({ type }) => type === "role");
  expect(first).toMatchObject({
    allows: [{ policy: "support", resources: [resource] }],
    policies: ["deny", "support"],
  });
  expect(second).toMatchObject({ policies: [] });
  expect(second).not.toHaveProperty("allows");
});

it("says that something of a user has leaked where AWS has put its own hold on it", async () => {
  const exposed = (await every(world().api))
    .flatMap(({ signals }) => signals)
    .filter(({ kind }) => kind === "identity.exposed");
  expect(exposed).toMatchObject([
    { identity: { name: "arn:aws:iam::111122223333:user/leaked" }, by: { name: "AWS", via: "workload" } },
  ]);
});

it("begins anew at a place that it did not write", async () => {
  expect(await lister.page(world().api, "AbCd==", MONDAY)).toEqual(await lister.page(world().api, undefined, MONDAY));
});

it("does not say never used because it may not look", async () => {
  const { page, keys } = await first(refusing(world().api, "iam:GetAccessKeyLastUsed"));
  expect(page.whole).toBe(false);
  expect(keys[0]).not.toHaveProperty("lastUsed");
});

it("takes no tag for an owner that names nobody", async () => {
  const team = structuredClone(simulator.sample!.world);
  team.users[0]!.tags = { owner: "platform team" };
  const live = simulator.live(
    { get: () => team, set: () => {} },
    () => MONDAY,
    () => {},
  );
  expect((await first(live.api)).keys[0]).not.toHaveProperty("owner");
});

it("does not call a list of keys whole that was cut short", async () => {
  const { api } = world();
  const send = async (command: never) => {
    const answer = (await api.send(command)) as object;
    return verbOf(command) === "ListAccessKeys" ? { ...answer, IsTruncated: true } : answer;
  };
  expect((await first({ account: api.account, send } as unknown as Api)).page.whole).toBe(false);
});

it("refuses a role of another account", async () => {
  const { api } = world();
  const elsewhere = { account: "444455556666", send: api.send } as Api;
  await expect(lister.page(elsewhere, undefined, MONDAY)).rejects.toMatchObject({ name: "BadInput" });
  expect(await check(elsewhere)).toEqual([expect.stringContaining("111122223333")]);
});

it("does not call a list whole that IAM cut without saying where to go on", async () => {
  const send = async () => ({ UserDetailList: [], RoleDetailList: [], IsTruncated: true });
  const api = { account: "111122223333", send } as unknown as Api;
  expect(await lister.page(api, undefined, MONDAY)).toMatchObject({ whole: false, next: "roles:" });
  expect(await lister.page(api, "roles:", MONDAY)).toMatchObject({ whole: false, next: undefined });
});

it("finds nothing missing where all is allowed", async () => {
  expect(await check(world().api)).toEqual([]);
});

it.each(lister.permissions)("says what to do where %s is missing", async (permission) => {
  expect(await check(refusing(world().api, permission))).toEqual([
    `Allow ${permission} to the role that Leasehold uses in account 111122223333.`,
  ]);
});
