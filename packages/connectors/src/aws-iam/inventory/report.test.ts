import type { Page } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { accessKey, verbOf } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { loginProfile } from "../handles.ts";
import { aKey, aUser, type Dated, empty, type User, type World } from "../simulated-account.ts";
import { written } from "../simulated-report.ts";
import { simulator } from "../simulator.ts";
import { lister } from "./list.ts";

const NINE = "2026-11-02T09:00:00.000Z" as Instant;
const EIGHT = "2026-11-02T08:00:00.000Z" as Instant;
const FOUR = "2026-11-02T04:00:00.000Z" as Instant;
const MADE = "2026-01-05T08:00:00.000Z";
const ARN = "arn:aws:iam::111122223333:user/ada";

const ada = (over: Partial<User> = {}): User => aUser("ada", over);
const password = { createdAt: MADE, lastUsed: "2026-10-29T08:00:00.000Z" };
const certificate = { id: "TA7SMP42TDN5Z26OBPJE7EXAMPLE", status: "Active" as const, createdAt: MADE };

/** Users as they are now, and as the report has them. */
function account(users: readonly User[], reported = users, at: Instant = EIGHT) {
  const world: World = {
    ...{ ...empty, page: 1_000, users: structuredClone([...users]) },
    report: { at, text: written({ account: empty.account, users: [...reported] }) },
  };
  const memory = { get: () => world, set: () => {} };
  return simulator.live(
    memory,
    () => NINE,
    () => {},
  );
}
async function every(api: Api): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for (let cursor: string | undefined, last = false; !last; last = cursor === undefined) {
    const page = await lister.page(api, cursor, NINE);
    pages.push(page);
    cursor = page.next;
  }
  return pages;
}
async function listed({ api, calls = [] }: ReturnType<typeof account>) {
  const pages = await every(api);
  const verbs = calls.map((call) => call.replace("iam:", ""));
  const seen = pages.flatMap(({ signals }) => signals).filter((one) => one.kind === "credential.seen");
  return { pages, seen, count: (verb: string) => verbs.filter((one) => one === verb).length, calls: verbs.length };
}

describe("what the report says of all spares a call for each", () => {
  it.each<[string, User, string, number]>([
    ["a password, where there is none", ada(), "GetLoginProfile", 0],
    ["a password, where there is one", ada({ password }), "GetLoginProfile", 0],
    ["certificates, where there are none", ada(), "ListSigningCertificates", 0],
    ["certificates, where there is one", ada({ certificates: [certificate] }), "ListSigningCertificates", 1],
    ["when its one key was used", ada({ keys: [aKey("AKIAIOSFODNN7EXAMPLE")] }), "GetAccessKeyLastUsed", 0],
    [
      "when which of two of one birthday was used",
      ada({ keys: [aKey("AKIAIOSFODNN7EXAMPLE"), aKey("AKIAI44QH8DHBEXAMPLE")] }),
      "GetAccessKeyLastUsed",
      2,
    ],
    ["its keys, which the report may leave out where they are inactive", ada(), "ListAccessKeys", 1],
    ["its SSH keys, of which the report says nothing", ada(), "ListSSHPublicKeys", 1],
  ])("%s", async (_title, user, verb, times) => {
    expect((await listed(account([user]))).count(verb)).toBe(times);
  });

  it("and nobody is said to have less for it", async () => {
    const keys = [aKey("AKIAIOSFODNN7EXAMPLE", { lastUsed: "2026-10-30T17:00:00.000Z" })];
    const { seen } = await listed(account([ada({ password, keys, certificates: [certificate] })]));
    expect(seen).toMatchObject([
      { credential: accessKey("AKIAIOSFODNN7EXAMPLE"), lastUsed: "2026-10-30T17:00:00.000Z" },
      {
        credential: loginProfile(ARN),
        lastUsed: "2026-10-29T08:00:00.000Z",
        storedAt: MADE,
        source: { occurredAt: EIGHT },
      },
      { credential: accessKey(certificate.id) },
    ]);
  });
});

describe("of whom the report cannot speak", () => {
  it.each<[string, User, readonly User[]]>([
    ["one who is younger than it", ada({ password }), []],
    ["one made again under an old name", ada({ password }), [ada({ createdAt: "2025-06-01T08:00:00.000Z" })]],
  ])("%s is asked about all", async (_title, now, then) => {
    const { seen, count } = await listed(account([now], then));
    expect([count("GetLoginProfile"), count("ListSigningCertificates")]).toEqual([1, 1]);
    expect(seen).toMatchObject([{ type: "login profile", createdAt: MADE, source: { occurredAt: NINE } }]);
  });

  it("is a key that is younger: what was used is another", async () => {
    const old = aKey("AKIAIOSFODNN7EXAMPLE", { lastUsed: "2026-10-30T17:00:00.000Z" });
    const young = aKey("AKIAI44QH8DHBEXAMPLE", { createdAt: "2026-11-02T08:30:00.000Z" });
    const { seen } = await listed(account([ada({ keys: [young] })], [ada({ keys: [old] })]));
    expect(seen).toMatchObject([{ credential: accessKey(young.accessKeyId), lastUsed: null }]);
  });
});

describe("how old it is", () => {
  it("is said by each page of users", async () => {
    expect((await listed(account([ada()]))).pages.map(({ asOf }) => asOf)).toEqual([EIGHT, undefined]);
  });

  it("is no more than four hours: then there is a new one", async () => {
    const { pages, count } = await listed(account([ada()], [], FOUR));
    expect(count("GenerateCredentialReport")).toBe(2); // begun, and there
    expect(pages.every(({ asOf }) => asOf === undefined)).toBe(true);
  });

  it("leaves certificates out that are inactive, of users without an active one", async () => {
    const inactive = { ...certificate, id: "CERTOFF", status: "Inactive" as const };
    const seenOf = async (...certificates: Dated[]) =>
      (await listed(account([ada({ certificates })]))).seen.filter(({ type }) => type === "signing certificate").length;
    expect(await seenOf(inactive)).toBe(0);
    expect(await seenOf(inactive, certificate)).toBe(2);
  });

  it("never makes a list of certificates that says what is gone", async () => {
    expect((await listed(account([ada()]))).pages[0]?.partly).toEqual(["signing certificate"]);
  });
});

it("does without, where it is never ready", async () => {
  const { api, calls = [] } = account([ada({ password, certificates: [certificate] })]);
  const send = (async (command: never) =>
    verbOf(command) === "GenerateCredentialReport" ? { State: "INPROGRESS" } : api.send(command)) as Api["send"];
  const waits: number[] = [];
  const pause = async (ms: number) => void waits.push(ms);
  const pages = await every({ account: api.account, send, pause });
  expect(waits).toEqual(Array(9).fill(2_000));
  expect(pages.every(({ whole }) => whole)).toBe(true);
  expect(pages[0]?.signals.filter(({ kind }) => kind === "credential.seen")).toHaveLength(2);
  expect(calls).not.toContain("iam:GetCredentialReport");
});

/** Everybody has keys, some two; three in ten sign in, one in a hundred has a certificate. */
function thousand(count: number): readonly User[] {
  return Array.from({ length: count }, (_, n) => {
    const id = String(n).padStart(8, "0");
    const keys = [aKey(`AKIA0000${id}`), ...(n % 5 === 0 ? [aKey(`AKIA1111${id}`, { createdAt: EIGHT })] : [])];
    return aUser(`user-${n}`, {
      ...{ keys: keys.map((key) => ({ ...key, lastUsed: "2026-10-30T17:00:00.000Z" })) },
      ...(n % 10 < 3 && { password }),
      ...(n % 100 === 0 && { certificates: [{ ...certificate, id: `CERT${id}` }] }),
    });
  });
}

it("asks of a thousand users the least that can be asked, in less than ten minutes at five calls a second", async () => {
  const users = thousand(1_000);
  const { calls, seen, pages } = await listed(account(users, users, FOUR));
  const report = 2 + 1; // begun, there, read
  const shared = 1 + 1; // groups and policies; service-specific credentials
  const [pagesOfUsers, pagesOfRoles] = [10, 1];
  const certificates = 10;
  expect(calls).toBe(report + shared + pagesOfUsers + pagesOfRoles + 2 * users.length + certificates);
  expect(calls / 5).toBeLessThanOrEqual(600); // seconds
  expect(pages.every(({ whole }) => whole)).toBe(true);
  expect(seen).toHaveLength(1_200 + 300 + 10);
  expect(seen.filter(({ type, lastUsed }) => type === "access key" && lastUsed === undefined)).toEqual([]);
});
