import {
  AttachRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  type Role,
} from "@aws-sdk/client-iam";
import type { Action, State, Target } from "@leasehold/core/connector";
import { Fault, type Instant, instantOf } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { askAws, isMissing } from "../../kit/index.ts";
import { type Api, readHandle } from "./api.ts";
import { ROLE } from "./handles.ts";
import { type Fenced, fencedBy, quarantineOf } from "./quarantine.ts";
import { untouchableRole } from "./untouchable.ts";

const RoleHandle = z.object({ account: z.string(), roleName: z.string(), roleId: z.string() });

/** The deny reaches every session of the role, also those that live already: none is left to wait for. */
const fenced: Fenced = {
  ...{ type: ROLE, what: "role", blast: "shared", see, never },
  permissions: ["iam:GetRole", "iam:ListAttachedRolePolicies"],
  ...{ attaches: "iam:AttachRolePolicy", detaches: "iam:DetachRolePolicy" },
  lastUsed: { permission: "iam:GetRole", read: lastUsed },
  attach: (api, target, PolicyArn) =>
    askAws("iam:AttachRolePolicy", () => api.send(new AttachRolePolicyCommand({ ...named(api, target), PolicyArn }))),
  detach: (api, target, PolicyArn) =>
    askAws("iam:DetachRolePolicy", () => api.send(new DetachRolePolicyCommand({ ...named(api, target), PolicyArn }))),
};

export const roles = (): readonly Action<Api>[] => [quarantineOf(fenced)];

async function see(api: Api, target: Target): Promise<State> {
  const role = await roleOf(api, target);
  if (role === undefined) return undefined;
  const attached = await askAws("iam:ListAttachedRolePolicies", () =>
    api.send(new ListAttachedRolePoliciesCommand(named(api, target))),
  ).catch(isMissing);
  if (attached?.IsTruncated) throw new Fault("Unavailable", "the list of attached policies was cut short");
  return { status: fencedBy(api, attached?.AttachedPolicies ?? []) };
}

async function never(api: Api, target: Target): Promise<string | undefined> {
  const role = await roleOf(api, target);
  return role && untouchableRole(role);
}

/** One that was made again under the name is another role: IAM gives it another id. */
async function roleOf(api: Api, target: Target): Promise<Role | undefined> {
  const { roleId } = readHandle(api, target.handle, RoleHandle, "a role");
  const read = await askAws("iam:GetRole", () => api.send(new GetRoleCommand(named(api, target)))).catch(isMissing);
  return read?.Role?.RoleId === roleId ? read.Role : undefined;
}

/** IAM keeps it for 400 days, and for no region that was not kept then: none is not known to be never. */
async function lastUsed(api: Api, target: Target): Promise<Instant | null | undefined> {
  const used = (await roleOf(api, target))?.RoleLastUsed?.LastUsedDate;
  return used && instantOf(used.getTime());
}

function named(api: Api, { handle }: Target) {
  return { RoleName: readHandle(api, handle, RoleHandle, "a role").roleName };
}
