import { IsMemberInGroupsCommand, ListGroupMembershipsCommand } from "@aws-sdk/client-identitystore";
import { type Groups, type Handle, MOST_MEMBERS } from "@leasehold/core/connector";
import { type AccountId, badInput } from "@leasehold/core/kernel";
import { askAws, identityCenterAccount } from "../../kit/index.ts";
import { type Api, userIn } from "./api.ts";

/** Identity Center's groups hold no groups (https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/). */
export const groups: Groups<Api> = {
  permissions: ["identitystore:IsMemberInGroups", "identitystore:ListGroupMemberships"],
  has,
  members,
};

async function has(api: Api, group: string, handle: Handle): Promise<boolean> {
  const { userId: UserId } = userIn(api, handle);
  const input = { IdentityStoreId: api.identityStoreId, GroupIds: [group], MemberId: { UserId } };
  const ask = () => api.send(new IsMemberInGroupsCommand(input));
  const { Results = [] } = await askAws("identitystore:IsMemberInGroups", ask).catch(nobody);
  return Results.some(({ GroupId, MembershipExists }) => GroupId === group && MembershipExists === true);
}

/** A user or a group that is not there: nobody is in it. A store that is not there is our own mistake. */
function nobody(error: unknown): { readonly Results?: [] } {
  if (!isNotThere(error, ["USER", "GROUP"])) throw error;
  return {};
}

async function members(api: Api, group: string): Promise<readonly AccountId[]> {
  const found: AccountId[] = [];
  let NextToken: string | undefined;
  do {
    const input = { IdentityStoreId: api.identityStoreId, GroupId: group, MaxResults: 100 };
    const page = await askAws("identitystore:ListGroupMemberships", () =>
      api.send(new ListGroupMembershipsCommand({ ...input, ...(NextToken !== undefined && { NextToken }) })),
    ).catch(noGroup);
    for (const { MemberId } of page.GroupMemberships ?? [])
      if (MemberId?.UserId !== undefined) found.push(identityCenterAccount(api.identityStoreId, MemberId.UserId));
    if (found.length > MOST_MEMBERS)
      throw badInput(`more than ${MOST_MEMBERS} people are in this group: name a smaller one`, { where: "group" });
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

function noGroup(error: unknown): never {
  if (!isNotThere(error, ["GROUP"])) throw error;
  throw badInput("Identity Center knows no group of this id", { where: "group" });
}

/** It says what it did not find. */
export function isNotThere(error: unknown, kinds: readonly string[]): boolean {
  const { name, ResourceType } = error as { name?: string; ResourceType?: string };
  return name === "ResourceNotFoundException" && kinds.includes(ResourceType ?? "");
}
