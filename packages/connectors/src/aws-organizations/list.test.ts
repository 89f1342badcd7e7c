import type { Page } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import type { SignalOf } from "@leasehold/core/signal";
import { beforeEach, describe, expect, it } from "vitest";
import type { Live } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { listener } from "./events/index.ts";
import { awsOrganizations } from "./index.ts";
import { check, lister } from "./inventory/index.ts";
import { accountIdentity } from "./named.ts";
import { anAccount, sample, simulator, type World } from "./simulator.ts";

const NOW = "2026-11-02T09:00:00.000Z" as Instant;
let world: World;
let live: Live<Api>;
beforeEach(() => {
  world = structuredClone(sample);
  const memory = { get: () => world, set: (next: World) => Object.assign(world, next) };
  live = simulator.live(
    memory,
    () => NOW,
    () => {},
  );
});

async function everything(): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    pages.push(await lister.page(live.api, cursor, NOW));
    cursor = pages.at(-1)?.next;
  } while (cursor !== undefined);
  return pages;
}
const members = (pages: readonly Page[]) =>
  pages.flatMap(({ signals }) => signals).map((one) => (one as SignalOf<"identity.seen">).member);
const gapsOf = (pages: readonly Page[]) => pages.flatMap(({ gaps = [] }) => gaps.map(({ what }) => what));

describe("the accounts of an organisation", () => {
  it("are said each with its state, its place, and what it is to the organisation", async () => {
    const path = "o-exampleorgid/r-exam/ou-exam-11111111";
    expect(members(await everything())).toEqual([
      { id: "111122223333", name: "Management", state: "ACTIVE", path: "o-exampleorgid/r-exam", roles: ["management"] },
      { id: "444455556666", name: "Agents", state: "ACTIVE", path, roles: [] },
      { id: "333344445555", name: "Security", state: "ACTIVE", path, roles: ["delegated administrator"] },
      { id: "222233334444", name: "Sandbox", state: "SUSPENDED", path, roles: [] },
      { id: "555566667777", name: "Old", state: "CLOSED", path, roles: [] },
    ]);
  });

  it("never come with the address that AWS answers with", async () => {
    expect(JSON.stringify(await everything())).not.toContain("root-of-the-account");
  });

  it("nobody looks into are named once, and closed ones are not: what is not looked into is not absent", async () => {
    expect(gapsOf(await everything())[0]).toBe(
      "Nothing is looked into in these accounts of the organisation: 333344445555 (Security), 222233334444 (Sandbox).",
    );
    world.covered = world.accounts.map(({ id }) => id);
    expect(gapsOf(await everything()).filter((what) => what.startsWith("Nothing"))).toEqual([]);
  });

  it("are counted where they are many", async () => {
    world.accounts = Array.from({ length: 50 }, (_, n) => anAccount(String(600_000_000_000 + n), `Account ${n}`));
    world.policies = [];
    const [first = "", ...others] = gapsOf(await everything());
    expect(first).toMatch(/600000000019 \(Account 19\) and 30 more\.$/);
    expect(others).toEqual([]);
  });

  it("are bounded by policies that are named and not read; AWS's own says nothing", async () => {
    const said = gapsOf(await everything()).slice(1);
    expect(said).toEqual([
      expect.stringMatching(/the service control policies DenyLeaving, which are not read/),
      expect.stringMatching(/the service control policies DenyRegions, which are not read/),
    ]);
    world.policies = world.policies.slice(0, 1);
    expect(gapsOf(await everything()).slice(1)).toEqual([]);
  });

  it("cost a call for each page, and ask for delegates once", async () => {
    await everything();
    const count = (verb: string) => live.calls?.filter((call) => call === `organizations:${verb}`).length;
    expect([count("ListAccounts"), count("ListDelegatedAdministrators"), count("ListPolicies")]).toEqual([3, 1, 2]);
  });

  it("take AWS's older word for the state where it does not say the newer one", async () => {
    const Arn = "arn:aws:organizations::111122223333:account/o-exampleorgid/444455556666";
    const Accounts = [{ Id: "444455556666", Arn, Status: "SUSPENDED" }, { Id: "333344445555" }];
    const api = { account: "111122223333", covered: [], send: (async () => ({ Accounts })) as unknown as Api["send"] };
    const { signals } = await lister.page(api, undefined, NOW);
    expect(members([{ signals, next: undefined, whole: true }])).toEqual([
      { id: "444455556666", state: "SUSPENDED", roles: [] },
      { id: "333344445555", state: "unknown", roles: [] },
    ]);
  });

  it.each(["2", "{}", '{"in":"nowhere"}'])("refuse the cursor %s of another form", async (cursor) => {
    await expect(lister.page(live.api, cursor, NOW)).rejects.toMatchObject({ facts: { where: "cursor" } });
  });
});

describe("the check", () => {
  it("names each right that is missing", async () => {
    expect(await check(live.api)).toEqual([]);
    live.mood = "refusing";
    const missing = await check(live.api);
    expect(missing).toHaveLength(3);
    expect(missing[0]).toMatch(/^Allow organizations:ListAccounts in us-east-1 to the role/);
  });

  it("says so where there is no organisation", async () => {
    const error = Object.assign(new Error("no"), { name: "AWSOrganizationsNotInUseException" });
    const api = { ...live.api, send: (async () => Promise.reject(error)) as Api["send"] };
    expect(await check(api)).toEqual([expect.stringMatching(/^This account is in no organisation/)]);
  });
});

describe("the settings", () => {
  const place = { account: "111122223333", source: "host" };
  it.each([
    [{ covered: ["22223333444"] }, "covered"],
    [{ covered: "444455556666" }, "covered"],
    [{ covered: ["444455556666"] }, undefined],
  ])("of %j are refused at %s", (over, where) => {
    const read = awsOrganizations.settings.safeParse({ ...place, ...over });
    expect(read.error?.issues[0]?.path[0]).toBe(where);
  });
});

it("an account that its own management account is named beside is the one that is meant", () => {
  const event = (serviceEventDetails: object) => ({
    "detail-type": "AWS Service Event via CloudTrail",
    account: "111122223333",
    detail: {
      ...{ eventID: "e1", eventTime: NOW, eventSource: "organizations.amazonaws.com" },
      ...{ eventName: "AccountDepartedOrganization", serviceEventDetails },
    },
  });
  const said = (details: object) => listener.normalise(listener.event.parse(event(details)) as never);
  expect(said({ accountId: "111122223333", memberAccountId: "444455556666" })).toMatchObject([
    { kind: "identity.deleted", identity: accountIdentity("444455556666") },
  ]);
  expect(said({ accountId: "111122223333" })).toEqual([]);
});
