import { ListAccountAssignmentsCommand, ListTagsForResourceCommand } from "@aws-sdk/client-sso-admin";
import { badInput, Fault, unavailable } from "@leasehold/core/kernel";
import { NEVER_TOUCH } from "@leasehold/core/signal";
import { askAws, isMissing } from "../../kit/index.ts";
import type { Access, Api } from "./api.ts";
import { instanceOf } from "./handles.ts";

export const READS_ASSIGNMENTS = "sso:ListAccountAssignments";
export const READS_TAGS = "sso:ListTagsForResource";

const MOST_PAGES = 100; // more is a list that we do not understand

/** Who is let into one account with one permission set, by id. */
export interface Let {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** Undefined where there is no such permission set. A list that does not end is a fault: who is not on it may be on the rest. */
export async function letInto(access: Access, PermissionSetArn: string, AccountId: string): Promise<Let | undefined> {
  const input = { InstanceArn: access.instance, PermissionSetArn, AccountId, MaxResults: 100 };
  const found: { readonly type: string | undefined; readonly id: string }[] = [];
  let NextToken: string | undefined;
  for (let n = 0; n < MOST_PAGES; n += 1) {
    const page = await askSso(READS_ASSIGNMENTS, () =>
      access.send(new ListAccountAssignmentsCommand({ ...input, ...(NextToken !== undefined && { NextToken }) })),
    ).catch(isMissing);
    if (page === undefined) return undefined;
    for (const { PrincipalType: type, PrincipalId: id } of page.AccountAssignments ?? [])
      if (id !== undefined) found.push({ type, id });
    NextToken = page.NextToken;
    if (NextToken === undefined) return { users: of("USER"), groups: of("GROUP") };
  }
  throw new Fault("Unavailable", "the list of assignments did not end");

  function of(type: string): readonly string[] {
    return found.filter((one) => one.type === type).map(({ id }) => id);
  }
}

/** The tags of a permission set, or undefined where it is gone. A list that does not end is a fault: what matters may be on the rest. */
export async function tagsOfSet(
  access: Access,
  ResourceArn: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const input = { InstanceArn: access.instance, ResourceArn };
  const tags: Record<string, string> = {};
  let NextToken: string | undefined;
  for (let n = 0; n < MOST_PAGES; n += 1) {
    const page = await askSso(READS_TAGS, () =>
      access.send(new ListTagsForResourceCommand({ ...input, ...(NextToken !== undefined && { NextToken }) })),
    ).catch(isMissing);
    if (page === undefined) return undefined;
    for (const { Key, Value } of page.Tags ?? []) if (Key !== undefined) tags[Key] = Value ?? "";
    NextToken = page.NextToken;
    if (NextToken === undefined) return tags;
  }
  throw new Fault("Unavailable", "the list of tags did not end");
}

/** Why a permission set is never touched, read live where it would be done: whatever was decided elsewhere. */
export async function untouchable(access: Access, permissionSet: string): Promise<string | undefined> {
  const tags = Object.keys((await tagsOfSet(access, permissionSet)) ?? {});
  return tags.some((tag) => tag.toLowerCase() === NEVER_TOUCH)
    ? `never touched: its permission set is tagged ${NEVER_TOUCH}`
    : undefined;
}

/** Of the one instance that the configuration names: one of any other is refused. */
export function accessTo({ access }: Api, permissionSet: string): Access {
  if (access === undefined)
    throw badInput("the configuration names no instance of IAM Identity Center: add `instance`", { where: "instance" });
  if (instanceOf(permissionSet) !== access.instance)
    throw badInput(
      "the permission set is of another instance than the configuration names: name that one in `instance`",
      { where: "handle.permissionSet" },
    );
  return access;
}

/** Another request for the same assignment is still being carried out: nothing was changed, and it can be tried again. */
export async function askSso<T>(permission: string, call: () => Promise<T>): Promise<T> {
  return askAws(permission, call).catch((error: unknown) => {
    throw (error as Error).name === "ConflictException" ? unavailable("aws", error) : error;
  });
}
