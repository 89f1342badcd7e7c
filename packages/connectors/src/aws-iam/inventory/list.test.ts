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
  return { page, keys: page.signals as readonly SignalOf<"credential.seen">[] };
};
const refusing = (api: Api, refused: string): Api => ({
  account: api.account,
  send: (async (command: never) => {
    if (`iam:${verbOf(command)}` === refused) throw Object.assign(new Error("no"), { name: "AccessDenied" });
    return api.send(command);
  }) as Api["send"],
});

it("says of each key what it is, what it reaches, who is declared, and when it was used", async () => {
  const { keys } = await first(world().api);
  expect(keys).toHaveLength(3);
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
  const all: SignalOf<"credential.seen">[] = [];
  let cursor: string | undefined;
  do {
    const page = await lister.page(world().api, cursor, MONDAY);
    expect(page.whole).toBe(true);
    all.push(...(page.signals as readonly SignalOf<"credential.seen">[]));
    cursor = page.next;
  } while (cursor !== undefined);
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

it("asks for a group once a page, however many are in it", async () => {
  const crowd = structuredClone(simulator.sample!.world);
  crowd.users[1]!.groups.push("agents");
  const live = simulator.live(
    { get: () => crowd, set: () => {} },
    () => MONDAY,
    () => {},
  );
  await first(live.api);
  expect(live.calls?.filter((call) => call === "iam:ListGroupPolicies")).toHaveLength(1);
});

it("does not call a key's reach small because it may not look", async () => {
  const { page, keys } = await first(refusing(world().api, "iam:ListGroupPolicies"));
  expect(page.whole).toBe(false);
  expect(keys[0]?.reach).toBe("write"); // known from its own policy
  const own = await first(refusing(world().api, "iam:ListUserPolicies"));
  expect(own.keys[0]?.reach).toBe("unknown"); // its group lets it read, but that need not be all
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
  const send = async () => ({ Users: [], IsTruncated: true });
  const page = await lister.page({ account: "111122223333", send } as unknown as Api, undefined, MONDAY);
  expect(page).toMatchObject({ whole: false, next: undefined });
});

it("finds nothing missing where all is allowed", async () => {
  expect(await check(world().api)).toEqual([]);
});

it.each(lister.permissions)("says what to do where %s is missing", async (permission) => {
  expect(await check(refusing(world().api, permission))).toEqual([
    `Allow ${permission} to the role that Leasehold uses in account 111122223333.`,
  ]);
});
