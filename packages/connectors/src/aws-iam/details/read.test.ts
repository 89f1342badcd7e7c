import type { Instant } from "@leasehold/core/kernel";
import type { SignalOf } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { accessKey, emailAccount } from "../../../kit/index.ts";
import { readDetails } from "./index.ts";

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const arn = (name: string) => `arn:aws:iam::111122223333:user/${name}`;
const user = (UserName: string, more: object = {}) => ({
  ...{
    Path: "/",
    UserName,
    UserId: "AIDACKCEVSQ6C2EXAMPLE",
    Arn: arn(UserName),
    CreateDate: "2026-01-05T08:00:00+00:00",
  },
  ...{ GroupList: [], AttachedManagedPolicies: [], Tags: [] },
  ...more,
});
const role = {
  ...{ RoleName: "deploy", Arn: "arn:aws:iam::111122223333:role/deploy", AssumeRolePolicyDocument: { Statement: [] } },
};
const READ_ONLY = { PolicyName: "ReadOnlyAccess", PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
const OWN = "arn:aws:iam::111122223333:policy/agents";
const writes = { Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource: "*" }] };
/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
const details = (more: object = {}, ...users: readonly object[]) => ({
  ...{ UserDetailList: [user("agent-7"), ...users], RoleDetailList: [role], GroupDetailList: [], Policies: [] },
  ...more,
});
const key = (UserName: string, AccessKeyId: string, more: object = {}) => ({
  ...{ UserName, AccessKeyId, Status: "Active", CreateDate: "2026-01-05T08:02:00+00:00" },
  ...more,
});
const [K1, K2] = ["AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE"];
const keys = (...all: readonly object[]) => [{ AccessKeyMetadata: all }];
const HEAD = [
  ...["user", "arn", "user_creation_time"],
  ...[1, 2].flatMap((n) => ["active", "last_rotated", "last_used_date"].map((one) => `access_key_${n}_${one}`)),
].join(",");
const report = (...lines: readonly string[]) => [HEAD, ...lines].join("\n");
const line = (name: string, one = "false,N/A,N/A", two = "false,N/A,N/A") =>
  `${name},${arn(name)},2026-01-05T08:00:00+00:00,${one},${two}`;
const MADE = "2026-01-05T08:02:00+00:00";

const read = (given: object, more: { keys?: readonly unknown[]; report?: string } = {}) =>
  readDetails({ details: given, keys: more.keys ?? keys(key("agent-7", K1)), report: more.report, asOf: MONDAY });
const seen = (...given: Parameters<typeof read>) =>
  read(...given).signals.filter((one) => one.kind === "credential.seen") as readonly SignalOf<"credential.seen">[];

describe("an account's own files", () => {
  it("say of each key what its list would, as of when they were made", () => {
    const tagged = details({
      UserDetailList: [user("agent-7", { Tags: [{ Key: "owner", Value: "ada@example.com" }] })],
    });
    const told = read(tagged, { report: report(line("agent-7", `true,${MADE},2026-10-30T17:00:00+00:00`)) });
    expect(told).toMatchObject({
      accounts: ["111122223333"],
      users: 1,
      roles: 1,
      keys: 1,
      whole: true,
      notVisible: [],
    });
    expect(told.signals.at(-1)).toEqual({
      kind: "credential.seen",
      source: { connector: "aws-iam", eventId: `details/${K1}/${MONDAY}`, occurredAt: MONDAY },
      tenant: "111122223333",
      credential: accessKey(K1),
      type: "access key",
      identity: expect.objectContaining({ realm: "aws", name: arn("agent-7") }),
      handle: { account: "111122223333", userName: "agent-7", accessKeyId: K1 },
      ...{ state: "on", createdAt: "2026-01-05T08:02:00.000Z", lastUsed: "2026-10-30T17:00:00.000Z", reach: "unknown" },
      tags: ["Yi8Gy80uxSXTVu43"],
      owner: emailAccount("ada@example.com"),
    });
  });

  it("say of users and roles that they exist, and of nobody that they made them", () => {
    const said = read(details()).signals.filter(({ kind }) => kind === "identity.created");
    expect(said.map((one) => [one.source.occurredAt, "by" in one && one.by.via])).toEqual([
      ["1970-01-01T00:00:00.000Z", "unknown"],
      ["1970-01-01T00:00:00.000Z", "unknown"],
    ]);
  });

  it.each<[string, object, object, string]>([
    ["AWS's own policy", { AttachedManagedPolicies: [READ_ONLY] }, {}, "read"],
    ["a policy of its own", { UserPolicyList: [{ PolicyName: "x", PolicyDocument: writes }] }, {}, "write"],
    ["one that is URL-encoded", { UserPolicyList: [{ PolicyName: "x", PolicyDocument: encodeURIComponent(JSON.stringify(writes)) }] }, {}, "write"],
    ["the account's policy, in the version that counts", { AttachedManagedPolicies: [{ PolicyArn: OWN }] }, { Policies: [{ Arn: OWN, PolicyVersionList: [{ IsDefaultVersion: false, Document: {} }, { IsDefaultVersion: true, Document: writes }] }] }, "write"],
    ["the account's policy, which is not in the file", { AttachedManagedPolicies: [{ PolicyArn: OWN }] }, {}, "unknown"],
    ["its group's", { GroupList: ["g"] }, { GroupDetailList: [{ GroupName: "g", AttachedManagedPolicies: [READ_ONLY], GroupPolicyList: [] }] }, "read"],
    ["a group's that is not in the file", { GroupList: ["g"], AttachedManagedPolicies: [READ_ONLY] }, {}, "unknown"],
  ])("grade what a key reaches by %s", (_title, ofUser, more, reach) => {
    expect(seen(details({ ...more, UserDetailList: [user("agent-7", ofUser)] }))[0]?.reach).toBe(reach);
  }); // biome-ignore format: rows

  it.each<[string, readonly object[], string, string | null | undefined]>([
    ["the only one of its user", [key("agent-7", K1)], `true,2026-02-01T00:00:00+00:00,2026-10-30T17:00:00+00:00`, "2026-10-30T17:00:00.000Z"],
    ["one that was never used", [key("agent-7", K1)], `true,${MADE},N/A`, null],
    ["one of before IAM kept it", [key("agent-7", K1, { CreateDate: "2014-01-01T00:00:00Z" })], `true,2014-01-01T00:00:00+00:00,N/A`, undefined],
    ["one of which the report says nothing", [key("agent-7", K1)], `true,${MADE},no_information`, undefined],
    ["one of two, by the time of its making", [key("agent-7", K1), key("agent-7", K2, { CreateDate: "2026-03-01T00:00:00Z" })], `true,2026-03-01T00:00:00+00:00,N/A,true,${MADE},2026-10-30T17:00:00+00:00`, "2026-10-30T17:00:00.000Z"],
    ["one of two, neither of which can be told", [key("agent-7", K1), key("agent-7", K2)], `true,${MADE},N/A,true,${MADE},2026-10-30T17:00:00+00:00`, undefined],
    ["one of two of which one was changed since", [key("agent-7", K1), key("agent-7", K2, { CreateDate: "2026-03-01T00:00:00Z" })], `true,2026-04-01T00:00:00+00:00,N/A,true,2026-05-01T00:00:00+00:00,N/A`, undefined],
  ])("know when a key was last used only where its line is sure: %s", (_title, all, slots, used) => {
    const text = report(`agent-7,${arn("agent-7")},x,${slots}${slots.split(",").length === 3 ? ",false,N/A,N/A" : ""}`);
    expect(seen(details(), { keys: keys(...all), report: text })[0]?.lastUsed).toBe(used);
  }); // biome-ignore format: rows

  it("take a key that is listed twice for one, and keys by themselves for a list", () => {
    expect(seen(details(), { keys: [key("agent-7", K1), ...keys(key("agent-7", K1, { Status: "Inactive" }))] })).toMatchObject([{ state: "off" }]);
  }); // biome-ignore format: one thing

  it.each<[string, object, Parameters<typeof read>[1], RegExp]>([
    ["it says so", details({ IsTruncated: true }), {}, /say that they are truncated/],
    ["a list of keys says so", details(), { keys: [{ ...keys(key("agent-7", K1))[0], IsTruncated: true }] }, /access keys says that it is truncated/],
    ["there is no list of keys", details(), { keys: [] }, /give --keys/],
    ["the report has more keys", details({}, user("agent-8")), { report: report(line("agent-7", `true,${MADE},N/A`), line("agent-8", `true,${MADE},N/A`)) }, /1 more access keys than are listed/],
    ["the report has more users", details(), { report: report(line("agent-9")) }, /1 users that the authorization details do not have/],
    ["keys are of others", details(), { keys: keys(key("agent-9", K1)) }, /1 access keys are of users/],
    ["root has one", details(), { report: report(line("agent-7", `true,${MADE},N/A`), line("<root_account>", `true,${MADE},N/A`)) }, /root user has an access key/],
  ])("are not whole where %s", (_title, given, more, sentence) => {
    const { whole, notVisible } = read(given, more);
    expect([whole, notVisible]).toEqual([false, [expect.stringMatching(sentence)]]);
  }); // biome-ignore format: rows

  it.each<[string, () => unknown, object]>([
    ["another document", () => read({ hello: 1 }), { where: "UserDetailList" }],
    ["a list", () => read([]), { where: "the document" }],
    ["a user without a name", () => read(details({ UserDetailList: [{ ...user("x"), UserName: 7 }] })), { where: "UserDetailList.0.UserName" }],
    ["an ARN of no account", () => read(details({ RoleDetailList: [{ RoleName: "x", Arn: "hunter2" }] })), { file: "account authorization details" }],
    ["keys of another shape", () => read(details(), { keys: [{ Users: [] }] }), { file: "access keys", where: "AccessKeyMetadata" }],
    ["a report that is none", () => read(details(), { report: "a,b\n1,2" }), { missing: expect.stringContaining("access_key_1_active") }],
    ["a report that was cut", () => read(details(), { report: report(line("agent-7").slice(0, 40)) }), { line: 2 }],
  ])("are refused where there is %s", (_title, run, facts) => {
    expect(run).toThrow(expect.objectContaining({ name: "BadInput", facts: expect.objectContaining(facts) }));
    expect(run).not.toThrow(/hunter2/);
  }); // biome-ignore format: rows
});
