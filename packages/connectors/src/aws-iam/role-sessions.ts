import {
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  type Role,
} from "@aws-sdk/client-iam";
import type { Target } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { askAws, isMissing } from "../../kit/index.ts";
import { type Api, readHandle } from "./api.ts";
import type { Ended } from "./ended.ts";
import { ENDED_POLICY, ROLE_SESSIONS } from "./handles.ts";
import { untouchableRole } from "./untouchable.ts";

const SourceIdentity = z.string().check(z.regex(/^[\w+=,.@-]{2,64}$/)); // what STS takes, and a policy's name, too
const Handle = z.object({
  ...{ account: z.string(), roleName: z.string(), roleId: z.string(), sourceIdentity: SourceIdentity },
});

/**
 * The sessions of one source identity on a role, those that live and those to come: whoever else uses the role goes on. AWS lets
 * nobody change a source identity, not over a chain of roles. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 */
export const roleSessions: Ended = {
  ...{ type: ROLE_SESSIONS, on: "role", read, never },
  permissions: ["iam:GetRole", "iam:GetRolePolicy", "iam:PutRolePolicy", "iam:DeleteRolePolicy"],
  policy: ({ handle }) => ({
    Version: "2012-10-17",
    Statement: [
      {
        ...{ Sid: "LeaseholdEndSessions", Effect: "Deny", Action: "*", Resource: "*" },
        Condition: { StringEquals: { "aws:SourceIdentity": handle["sourceIdentity"] } },
      },
    ],
  }),
  put: (api, target, PolicyDocument) =>
    askAws("iam:PutRolePolicy", () => api.send(new PutRolePolicyCommand({ ...named(api, target), PolicyDocument }))),
  remove: (api, target) =>
    askAws("iam:DeleteRolePolicy", () => api.send(new DeleteRolePolicyCommand(named(api, target)))),
};

async function read(api: Api, target: Target) {
  if ((await roleOf(api, target)) === undefined) return undefined;
  const policy = await askAws("iam:GetRolePolicy", () => api.send(new GetRolePolicyCommand(named(api, target)))).catch(
    isMissing,
  );
  return { document: policy?.PolicyDocument };
}

async function never(api: Api, target: Target): Promise<string | undefined> {
  const role = await roleOf(api, target);
  return role && untouchableRole(role);
}

async function roleOf(api: Api, target: Target): Promise<Role | undefined> {
  const { RoleName } = named(api, target);
  const found = await askAws("iam:GetRole", () => api.send(new GetRoleCommand({ RoleName }))).catch(isMissing);
  const role = found?.Role;
  return role?.RoleId === target.handle["roleId"] ? role : undefined;
}

function named(api: Api, { handle }: Target) {
  const { roleName, sourceIdentity } = readHandle(api, handle, Handle, "somebody's sessions on a role");
  return { RoleName: roleName, PolicyName: `${ENDED_POLICY}-of-${sourceIdentity}` };
}
