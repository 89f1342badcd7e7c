import type { Page } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import type { SignalOf } from "@leasehold/core/signal";
import { beforeEach, describe, expect, it } from "vitest";
import { emailAccount, identityCenterAccount, type Live } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { ASSIGNMENT, assignmentId, SET_SESSIONS, sessionsHandle, sessionsId } from "../handles.ts";
import { denying } from "../sessions/statement.ts";
import { aSet, assigned, empty, id, SECURITY, SETS, sample, type World } from "../simulated-directory.ts";
import { simulator } from "../simulator.ts";
import { check, lister } from "./index.ts";

const NOW = "2026-11-02T09:00:00.000Z" as Instant;
let world: World;
let live: Live<Api>;
beforeEach(() => {
  world = structuredClone(sample);
  const memory = { get: () => world, set: () => {} };
  live = simulator.live(
    memory,
    () => NOW,
    () => {},
  );
});

async function everything(api = live.api): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    pages.push(await lister.page(api, cursor, NOW));
    cursor = pages.at(-1)?.next;
  } while (cursor !== undefined);
  return pages;
}
const of = <K extends "credential.seen" | "identity.seen">(kind: K, pages: readonly Page[]) =>
  pages.flatMap(({ signals }) => signals).filter((one): one is SignalOf<K> => one.kind === kind);
it("says of which instance each page is, so that what is of another is not taken for gone", async () => {
  const pages = await everything();
  const ofUsers = ({ signals }: Page) => signals.some(({ kind }) => kind === "account.seen");
  const within = (all: readonly Page[]) => [...new Set(all.map(({ region }) => region))];
  expect(within(pages.filter(ofUsers))).toEqual([undefined]);
  expect(within(pages.filter(({ signals }) => signals.some(({ kind }) => kind === "credential.seen")))).toEqual([
    "ssoins-1234567890abcdef",
  ]);
});

const gapsOf = (pages: readonly Page[]) => [...new Set(pages.flatMap(({ gaps = [] }) => gaps.map(({ what }) => what)))];

describe("who is let into which account", () => {
  it("is said user by user, each by their own account; a group's is nobody's", async () => {
    const seen = of("credential.seen", await everything()).filter(({ type }) => type === ASSIGNMENT);
    expect(seen.map(({ credential, authoriser }) => [credential, authoriser])).toEqual(
      [
        [SETS[0], "222233334444", 1],
        [SETS[0], "222233334444", 2],
        [SETS[0], "333344445555", 1],
        [SETS[1], "222233334444", 1],
      ].map(([permissionSet, target, n]) => [
        assignmentId({ permissionSet: String(permissionSet), target: String(target), userId: id(Number(n)) }),
        identityCenterAccount(empty.identityStoreId, id(Number(n))),
      ]),
    );
    expect(seen.every(({ state, listed }) => state === "on" && listed === "while on")).toBe(true);
    expect(seen.map(({ reach }) => reach)).toEqual(["admin", "admin", "admin", "unknown"]);
  });

  it("names a permission set as people do, whom its tags declare, and what it lets do where that is plain", async () => {
    const seen = of("identity.seen", await everything());
    expect(seen.map(({ identity: { name }, reach, owner }) => [name, reach, owner])).toEqual([
      ["AdministratorAccess (ps-0000000000000001)", "admin", undefined],
      ["AgentOperators (ps-0000000000000002)", "unknown", emailAccount("ada@example.com")],
      ["Nobody (ps-0000000000000003)", "unknown", undefined],
    ]);
  });

  it("says that what comes through groups is not shown, where a group is let in", async () => {
    expect(gapsOf(await everything())).toEqual([expect.stringMatching(/^What users .* through a group is not shown/)]);
    world.assignments = world.assignments!.filter(({ type }) => type === "USER");
    expect(gapsOf(await everything())).toEqual([]);
  });

  it("is said not to be looked at where no instance is named, and nothing of it is asked", async () => {
    delete world.instance;
    const pages = await everything();
    expect(gapsOf(pages)).toEqual([expect.stringMatching(/is not looked at: name its instance/)]);
    expect(pages.every(({ whole }) => whole)).toBe(true);
    expect(live.calls?.filter((call) => call.startsWith("sso:"))).toEqual([]);
    expect(await check(live.api)).toEqual([]);
  });

  it("costs as many calls as there are pairs of set and account, and a few for each set", async () => {
    const accounts = Array.from({ length: 100 }, (_, n) => String(200_000_000_000 + n));
    world = {
      ...structuredClone(empty),
      sets: [aSet(SETS[0], "AgentOperators")],
      assignments: accounts.map((account) => assigned(SETS[0], account, SECURITY, "GROUP")),
    };
    const pages = await everything();
    const count = (verb: string) => live.calls?.filter((call) => call === `sso:${verb}`).length;
    expect(count("ListAccountAssignments")).toBe(100);
    expect(count("ListPermissionSets")).toBe(1);
    expect(count("ListAccountsForProvisionedPermissionSet")).toBe(50); // of two on each page here; 50 at AWS
    expect(pages.every(({ whole }) => whole)).toBe(true);
  });

  it("passes over a permission set that went while it was listed", async () => {
    world.sets = world.sets!.slice(0, 2);
    const [first] = await everything();
    let cursor = first?.next;
    const pages: Page[] = [];
    while (cursor !== undefined) {
      if (cursor.includes("accounts")) world.sets = world.sets!.filter(({ arn }) => arn !== SETS[1]);
      pages.push(await lister.page(live.api, cursor, NOW));
      cursor = pages.at(-1)?.next;
    }
    expect(of("identity.seen", pages).map(({ identity: { name } }) => name.split(" ")[0])).toEqual([
      "AdministratorAccess",
    ]);
    expect(pages.every(({ whole }) => whole)).toBe(true);
  });

  it.each(["2", "{}", '{"in":"accounts"}', '{"in":"nowhere"}'])(
    "refuses the cursor %s of another form",
    async (cursor) => {
      await expect(lister.page(live.api, cursor, NOW)).rejects.toMatchObject({
        name: "BadInput",
        facts: { where: "cursor" },
      });
    },
  );

  it("is not whole where the instance was taken out of the configuration meanwhile", async () => {
    delete world.instance;
    expect(await lister.page(live.api, '{"in":"sets"}', NOW)).toEqual({ signals: [], next: undefined, whole: false });
  });
});

it("checks each right on the instance, and names it", async () => {
  expect(await check(live.api)).toEqual([]);
  live.mood = "refusing";
  const missing = await check(live.api);
  expect(missing).toHaveLength(9);
  expect(missing).toContain(
    "Allow sso:ListAccountAssignments on its instance of IAM Identity Center to the role that Leasehold uses in account 111122223333.",
  );
});

describe("the sessions of a user with a permission set", () => {
  const sessions = async (n = 0) =>
    of("credential.seen", await everything())
      .filter(({ type, handle }) => type === SET_SESSIONS && handle["permissionSet"] === SETS[n])
      .map(({ credential, handle, state, authoriser, listed }) => ({ credential, handle, state, listed, authoriser }));
  const one = (n: number, state: string, set = 0) => ({
    credential: sessionsId({ permissionSet: SETS[set] ?? "", userId: id(n) }),
    handle: sessionsHandle(empty.account, empty.identityStoreId, { permissionSet: SETS[set] ?? "", userId: id(n) }),
    ...{ state, listed: "while on", authoriser: identityCenterAccount(empty.identityStoreId, id(n)) },
  });
  const unique = (all: readonly object[]) => [...new Set(all.map((each) => JSON.stringify(each)))].sort();

  it("are theirs who are let in by themselves, whatever the account; of a group's nobody has any", async () => {
    expect(unique(await sessions())).toEqual(unique([one(1, "on"), one(2, "on")]));
    expect(unique(await sessions(1))).toEqual(unique([one(1, "on", 1)]));
    expect(await sessions(2)).toEqual([]);
  });

  it("are an item only where the settings opt in, and nothing more is asked otherwise", async () => {
    delete world.contain;
    expect(await sessions()).toEqual([]);
    expect(live.calls).not.toContain("sso:GetInlinePolicyForPermissionSet");
    live.mood = "refusing";
    expect(await check(live.api)).toHaveLength(8);
  });

  it("are off where our statement is in force everywhere, also of somebody whom nobody lets in any more", async () => {
    world.sets![0]!.inline = denying(denying("", id(3), "a1"), id(2), "b2");
    expect(unique(await sessions())).toEqual(unique([one(1, "on"), one(2, "off"), one(3, "off")]));
  });

  it("are not spoken of where our statement is not in force everywhere, and the others' are", async () => {
    Object.assign(world.sets![0]!, { inline: denying("", id(2), "b2"), behind: ["333344445555"] });
    expect(unique(await sessions())).toEqual(unique([one(1, "on")]));
  });

  it("are not spoken of where the inline policy may not be read, and the list is not whole", async () => {
    world.sets![0]!.inline = denying("", id(2), "b2");
    const { access } = live.api;
    const send = async (command: object) => {
      if (command.constructor.name.startsWith("GetInlinePolicy"))
        throw Object.assign(new Error("no"), { name: "AccessDeniedException" });
      return access?.send(command as never);
    };
    const { account, identityStoreId } = empty;
    const api = { ...{ account, identityStoreId, contain: true }, send: live.api.send, access: { ...access, send } };
    const pages = await everything(api as unknown as Api);
    expect(of("credential.seen", pages).filter(({ type }) => type === SET_SESSIONS)).toEqual([]);
    expect(pages.every(({ whole }) => whole)).toBe(false);
  });
});
