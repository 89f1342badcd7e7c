import { ListUsersCommand } from "@aws-sdk/client-identitystore";
import {
  DescribePermissionSetCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
} from "@aws-sdk/client-sso-admin";
import { Fault } from "@leasehold/core/kernel";
import { askAws, isMissing } from "../../../kit/index.ts";
import { letInto, READS_ASSIGNMENTS, READS_TAGS, tagsOfSet } from "../access.ts";
import type { Access, Api } from "../api.ts";
import { setArn } from "../handles.ts";
import { people } from "../people.ts";
import { inlineOf, READS_POLICY } from "../sessions/index.ts";

/** One harmless call for each permission. The user and the permission set asked for are ones that are nowhere. */
export async function check(api: Api): Promise<readonly string[]> {
  const input = { IdentityStoreId: api.identityStoreId, MaxResults: 1 };
  const nobody = { account: api.account, identityStoreId: api.identityStoreId, userId: NOBODY };
  const looks = [
    askAws("identitystore:ListUsers", () => api.send(new ListUsersCommand(input))),
    people.read(api, nobody),
    ...(api.access === undefined ? [] : looksAt(api, api.access)),
  ];
  const answers = await Promise.allSettled(looks);
  return [...new Set(answers.flatMap((answer) => (answer.status === "rejected" ? remedy(api, answer.reason) : [])))];
}

const NOBODY = "00000000-0000-4000-8000-000000000000";

/** AWS judges the right before it looks for the thing, so one that is not there is enough. */
function looksAt({ account, contain }: Api, access: Access): readonly Promise<unknown>[] {
  const nothing = setArn(access.instance, "ps-0000000000000000");
  const instance = { InstanceArn: access.instance };
  const set = { ...instance, PermissionSetArn: nothing };
  const asked: Readonly<Record<string, () => Promise<unknown>>> = {
    "sso:ListPermissionSets": () => access.send(new ListPermissionSetsCommand({ ...instance, MaxResults: 1 })),
    "sso:DescribePermissionSet": () => access.send(new DescribePermissionSetCommand(set)),
    "sso:ListManagedPoliciesInPermissionSet": () => access.send(new ListManagedPoliciesInPermissionSetCommand(set)),
    "sso:ListAccountsForProvisionedPermissionSet": () =>
      access.send(new ListAccountsForProvisionedPermissionSetCommand(set)),
    [READS_ASSIGNMENTS]: () => letInto(access, nothing, account),
    [READS_TAGS]: () => tagsOfSet(access, nothing),
    ...(contain && { [READS_POLICY]: () => inlineOf({ access, permissionSet: nothing }) }),
  };
  return Object.entries(asked).map(([permission, call]) => askAws(permission, call).catch(isMissing));
}

function remedy({ account, identityStoreId }: Api, error: unknown): string {
  if (["ResourceNotFoundException", "BadInput"].includes((error as Error).name))
    return `There is no identity store ${identityStoreId} here: correct identityStoreId or region.`;
  if (!(error instanceof Fault) || error.name !== "PermissionMissing") throw error;
  const permission = String(error.facts["permission"]);
  if (permission === "sts:AssumeRole")
    return "Let the credentials that Leasehold starts from assume the role: its trust policy must name them, and the external id must agree.";
  const where = permission.startsWith("sso:")
    ? "its instance of IAM Identity Center"
    : `identity store ${identityStoreId}`;
  return `Allow ${permission} on ${where} to the role that Leasehold uses in account ${account}.`;
}
