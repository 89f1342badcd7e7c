import "./inventory-server.ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { paginateListPolicies } from "@aws-sdk/client-iam";
import { connectors, inventories } from "@leasehold/connectors";
import type { Lister } from "@leasehold/core/connector";
import { instantOf } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { expect, it } from "vitest";
import { MONDAY } from "../support/clock.ts";
import { type Account, make } from "./iam-account.ts";
import { everything, nothingForUnanswered } from "./listed.ts";
import { ACCOUNT, connected, iam } from "./moto.ts";

const FILE = "cloudsplaining__account-authorization-details_44users_78roles.json";

interface Managed {
  readonly PolicyArn: string;
}
interface Inline {
  readonly PolicyName: string;
  readonly PolicyDocument: object;
}
interface Details {
  readonly UserDetailList: readonly {
    readonly UserName: string;
    readonly Arn: string;
    readonly Path: string;
    readonly GroupList: readonly string[];
    readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
    readonly AttachedManagedPolicies: readonly Managed[];
    readonly UserPolicyList?: readonly Inline[];
  }[];
  readonly GroupDetailList: readonly {
    readonly GroupName: string;
    readonly AttachedManagedPolicies: readonly Managed[];
    readonly GroupPolicyList: readonly Inline[];
  }[];
  readonly RoleDetailList: readonly {
    readonly RoleName: string;
    readonly RoleId: string;
    readonly Arn: string;
    readonly Path: string;
    readonly AssumeRolePolicyDocument: object;
    readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
    readonly AttachedManagedPolicies: readonly Managed[];
    readonly RolePolicyList: readonly Inline[];
  }[];
  readonly Policies: readonly {
    readonly Arn: string;
    readonly PolicyVersionList: readonly { readonly IsDefaultVersion: boolean; readonly Document: object }[];
  }[];
}

/** An account's own file, all of it under one account, moto's; its dates as AWS writes them. */
function details(): Details {
  const path = join(process.env["LEASEHOLD_CORPORA"] ?? "", "aws_iam_inventory", FILE);
  const text = readFileSync(path, "utf8")
    .replaceAll(/(?<=arn:aws:[a-z0-9-]*::?)\d{12}(?=:)/g, ACCOUNT)
    .replaceAll(/(\d{4}-\d\d-\d\d) ([\d:.]+)[+]00:00/g, "$1T$2Z");
  return JSON.parse(text) as Details;
}

const isLocal = (arn: string) => arn.startsWith(`arn:aws:iam::${ACCOUNT}:`);
const inlineOf = (all: readonly Inline[] = []) =>
  Object.fromEntries(all.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument]));
const tagsOf = (tags: Details["UserDetailList"][number]["Tags"] = []) =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
const arnsOf = (all: readonly Managed[]) => all.map(({ PolicyArn }) => PolicyArn);

/** With a key for each user: the file has none, for that call does not tell of them. */
const accountOf = (file: Details): Account => ({
  policies: file.Policies.filter(({ Arn }) => isLocal(Arn)).map(({ Arn: arn, PolicyVersionList }) => ({
    ...{ arn, document: PolicyVersionList.find((one) => one.IsDefaultVersion)?.Document ?? {} },
  })),
  groups: file.GroupDetailList.map((one) => ({
    ...{ name: one.GroupName, attached: arnsOf(one.AttachedManagedPolicies), inline: inlineOf(one.GroupPolicyList) },
  })),
  users: file.UserDetailList.map((one) => ({
    ...{ name: one.UserName, path: one.Path, groups: one.GroupList, tags: tagsOf(one.Tags) },
    ...{ attached: arnsOf(one.AttachedManagedPolicies), inline: inlineOf(one.UserPolicyList) },
    keys: [{ id: one.UserName, status: "Active" }],
  })),
  roles: file.RoleDetailList.map((one) => ({
    ...{ name: one.RoleName, path: one.Path, id: one.RoleId, trust: one.AssumeRolePolicyDocument },
    ...{ tags: tagsOf(one.Tags), attached: arnsOf(one.AttachedManagedPolicies), inline: inlineOf(one.RolePolicyList) },
  })),
});

/** Without what AWS has retired since: nothing can be attached to anybody by it any more. */
async function attachable(file: Details): Promise<Details> {
  const known = new Set<string>(file.Policies.map(({ Arn }) => Arn).filter(isLocal));
  for await (const { Policies = [] } of paginateListPolicies({ client: iam }, { Scope: "AWS", MaxItems: 1_000 }))
    for (const { Arn = "" } of Policies) known.add(Arn);
  const kept = <T extends { readonly AttachedManagedPolicies: readonly Managed[] }>(one: T): T => ({
    ...one,
    AttachedManagedPolicies: one.AttachedManagedPolicies.filter(({ PolicyArn }) => known.has(PolicyArn)),
  });
  return {
    ...file,
    UserDetailList: file.UserDetailList.map(kept),
    GroupDetailList: file.GroupDetailList.map(kept),
    RoleDetailList: file.RoleDetailList.map(kept),
  };
}

interface Api {
  readonly account: string;
  send(command: never): Promise<unknown>;
}

it("lists of an account loaded from its own file what the import of the file says, and every role of it", async () => {
  const file = await attachable(details());
  const became = await make(accountOf(file));
  const lister = (await connectors["aws-iam"]()).lists as Lister<Api>;
  const real = await connected<Api>("aws-iam", {});
  const send = nothingForUnanswered("iam", real.send);
  const pages = await everything(lister, { ...real, send });
  const listed = pages.flatMap(({ signals }) => signals);
  expect(pages.every(({ whole }) => whole)).toBe(true);

  const readDetails = await inventories["aws-iam"]();
  const keys = file.UserDetailList.map(({ UserName }) => ({
    ...{ UserName, AccessKeyId: became.get(UserName), Status: "Active", CreateDate: "2026-01-05T08:00:00Z" },
  }));
  const imported = readDetails({ details: file, keys, report: undefined, asOf: instantOf(Date.parse(MONDAY)) });
  const identities = (all: readonly Signal[], kind: string) =>
    all.flatMap((one) => (one.kind === kind && "identity" in one ? [one.identity.name] : [])).sort();
  expect(identities(listed, "identity.seen")).toEqual(identities(imported.signals, "identity.created"));

  const credentials = (all: readonly Signal[]) =>
    all
      .flatMap((one) => (one.kind === "credential.seen" && one.type === "access key" ? [one] : []))
      .map(({ source: _, createdAt: _made, lastUsed: _used, ...one }) => one)
      .sort((a, b) => (a.credential < b.credential ? -1 : 1));
  expect(credentials(listed)).toHaveLength(file.UserDetailList.length);
  expect(credentials(listed)).toEqual(credentials(imported.signals));
});
