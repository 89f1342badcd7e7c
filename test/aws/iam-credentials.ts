import { readFileSync } from "node:fs";
import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteSigningCertificateCommand,
  DeleteSSHPublicKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
  UpdateSigningCertificateCommand,
  UpdateSSHPublicKeyCommand,
  UploadSigningCertificateCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import { type Handle, leftOn, type State } from "@leasehold/core/connector";
import { type Ended, PASSWORD } from "../../packages/connectors/src/aws-iam/ended.ts";
import { ENDED_POLICY } from "../../packages/connectors/src/aws-iam/handles.ts";
import { roleSessions } from "../../packages/connectors/src/aws-iam/role-sessions.ts";
import { ENDED_AT } from "../../packages/connectors/src/aws-iam/simulated-acts.ts";
import { userSessions } from "../../packages/connectors/src/aws-iam/user-sessions.ts";
import { iam } from "./moto.ts";

const UserName = "agent-7"; // as the simulator has it
const RoleName = "agent-runtime";
const PolicyName = "leasehold-demo-quarantine";

/** One credential in moto's account: how it is told, and how somebody else's hand puts it into a state. */
export interface Made {
  readonly handle: Handle;
  readonly ids: readonly string[];
  put(state: State): Promise<void>;
}

/** An account with the one user, the policy to quarantine by, and nothing else; answers with the policy's ARN. */
export async function prepared(): Promise<string> {
  await iam.send(new CreateUserCommand({ UserName }));
  const denies = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] };
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: JSON.stringify(denies) }));
  return Policy?.Arn as string;
}

type Status = "Active" | "Inactive";
const statusOf = (state: NonNullable<State>) => state["status"] as Status;
const named = (id: string | undefined) => {
  if (id === undefined) throw new Error("moto gave no id");
  return id;
};

async function accessKey(): Promise<Made> {
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const AccessKeyId = named(AccessKey?.AccessKeyId);
  const of = { UserName, AccessKeyId };
  return {
    ...{ handle: { userName: UserName, accessKeyId: AccessKeyId }, ids: [AccessKeyId] },
    put: async (state) =>
      void (await (state
        ? iam.send(new UpdateAccessKeyCommand({ ...of, Status: statusOf(state) }))
        : iam.send(new DeleteAccessKeyCommand(of)))),
  };
}

async function certificate(): Promise<Made> {
  const CertificateBody = readFileSync(new URL("certificate.pem", import.meta.url), "utf8");
  const { Certificate } = await iam.send(new UploadSigningCertificateCommand({ UserName, CertificateBody }));
  const CertificateId = named(Certificate?.CertificateId);
  const of = { UserName, CertificateId };
  return {
    ...{ handle: { userName: UserName, certificateId: CertificateId }, ids: [CertificateId] },
    put: async (state) =>
      void (await (state
        ? iam.send(new UpdateSigningCertificateCommand({ ...of, Status: statusOf(state) }))
        : iam.send(new DeleteSigningCertificateCommand(of)))),
  };
}

async function sshKey(): Promise<Made> {
  const SSHPublicKeyBody = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMP agent-7";
  const { SSHPublicKey } = await iam.send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody }));
  const SSHPublicKeyId = named(SSHPublicKey?.SSHPublicKeyId);
  const of = { UserName, SSHPublicKeyId };
  return {
    ...{ handle: { userName: UserName, sshPublicKeyId: SSHPublicKeyId }, ids: [SSHPublicKeyId] },
    put: async (state) =>
      void (await (state
        ? iam.send(new UpdateSSHPublicKeyCommand({ ...of, Status: statusOf(state) }))
        : iam.send(new DeleteSSHPublicKeyCommand(of)))),
  };
}

async function password(PolicyArn: string): Promise<Made> {
  await iam.send(new CreateLoginProfileCommand({ UserName, Password: "invented, and never used 1A!" }));
  const fence = { UserName, PolicyArn };
  return {
    ...{ handle: { userName: UserName }, ids: [await userId()] },
    put: async (state) => {
      if (state === undefined) await iam.send(new DeleteLoginProfileCommand({ UserName }));
      else if (state["status"] === "Quarantined") await iam.send(new AttachUserPolicyCommand(fence));
      else await iam.send(new DetachUserPolicyCommand(fence)).catch(notThere);
    },
  };
}

async function role(PolicyArn: string): Promise<Made> {
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const roleId = named(Role?.RoleId);
  const fence = { RoleName, PolicyArn };
  return {
    ...{ handle: { roleName: RoleName, roleId }, ids: [roleId] },
    put: async (state) => {
      if (state === undefined) {
        await iam.send(new DetachRolePolicyCommand(fence)).catch(notThere);
        await iam.send(new DeleteRoleCommand({ RoleName }));
      } else if (state["status"] === "Quarantined") await iam.send(new AttachRolePolicyCommand(fence));
      else await iam.send(new DetachRolePolicyCommand(fence)).catch(notThere);
    },
  };
}

/** Our policy, or one of its name that is not: on a user or a role that is gone where there is no state. */
const written = (of: Ended, handle: Handle, state: NonNullable<State>): string => {
  const ours = of.policy({ credential: "crd_contract", handle }, ENDED_AT, leftOn(state) ? PASSWORD : undefined);
  return JSON.stringify(state["sessions"] === "Ended" ? ours : { ...ours, Id: "another" });
};

const userId = async (): Promise<string> => named((await iam.send(new GetUserCommand({ UserName }))).User?.UserId);

async function opened(): Promise<Made> {
  const id = await userId();
  const key = await accessKey();
  await key.put({ status: "Inactive" });
  const of = { UserName, PolicyName: ENDED_POLICY };
  return {
    ...{ handle: { userName: UserName, userId: id }, ids: [id, ...key.ids] },
    put: async (state) => {
      if (leftOn(state)) await password("");
      if (state === undefined || state["sessions"] === "Live")
        await iam.send(new DeleteUserPolicyCommand(of)).catch(notThere);
      else await iam.send(new PutUserPolicyCommand({ ...of, PolicyDocument: written(userSessions, {}, state) }));
      if (state === undefined) await key.put(undefined);
      if (state === undefined) await iam.send(new DeleteUserCommand({ UserName }));
    },
  };
}

async function openedOnRole(): Promise<Made> {
  const { handle, ids } = await role("");
  const whose = { ...handle, sourceIdentity: "ada@example.com" };
  const of = { RoleName, PolicyName: `${ENDED_POLICY}-of-ada@example.com` };
  return {
    ...{ handle: whose, ids },
    put: async (state) => {
      if (state === undefined || state["sessions"] === "Live")
        await iam.send(new DeleteRolePolicyCommand(of)).catch(notThere);
      else await iam.send(new PutRolePolicyCommand({ ...of, PolicyDocument: written(roleSessions, whose, state) }));
      if (state === undefined) await iam.send(new DeleteRoleCommand({ RoleName }));
    },
  };
}

function notThere(error: unknown): undefined {
  if ((error as Error).name !== "NoSuchEntityException") throw error;
  return undefined;
}

/** moto has no service-specific credentials: docs/aws-contract.md. */
export const MADE: Readonly<Record<string, (policy: string) => Promise<Made>>> = {
  ...{ "access key": accessKey, "signing certificate": certificate, "SSH public key": sshKey },
  ...{ "login profile": password, role },
  ...{ "temporary credentials": opened, "role sessions": openedOnRole },
};
