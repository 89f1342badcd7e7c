import { readFileSync } from "node:fs";
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
  UpdateSSHPublicKeyCommand,
  UploadSigningCertificateCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import { iam } from "./moto.ts";

/** An account as plain data: what moto is told to make. */
export interface Account {
  readonly policies: readonly { readonly arn: string; readonly document: object }[];
  readonly groups: readonly ({ readonly name: string } & Allowed)[];
  readonly users: readonly ({
    readonly name: string;
    readonly path?: string | undefined;
    readonly groups: readonly string[];
    readonly keys?: readonly { readonly id: string; readonly status: string }[];
    readonly password?: boolean;
    readonly certificates?: readonly { readonly id: string }[];
    readonly sshKeys?: readonly { readonly id: string; readonly status: string }[];
  } & Allowed &
    Marked)[];
  readonly roles: readonly ({
    readonly name: string;
    readonly path: string;
    readonly id: string;
    readonly trust: object;
  } & Allowed &
    Marked)[];
}
interface Allowed {
  readonly attached: readonly string[];
  readonly inline: Readonly<Record<string, object>>;
}
interface Marked {
  readonly tags: Readonly<Record<string, string>>;
  readonly boundary?: string | undefined;
}

const tagsOf = (tags: Marked["tags"]) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const bounded = (boundary: string | undefined) => (boundary === undefined ? {} : { PermissionsBoundary: boundary });
const inlineOf = ({ inline }: Allowed) =>
  Object.entries(inline).map(([PolicyName, document]) => ({ PolicyName, PolicyDocument: JSON.stringify(document) }));

/** Makes all of it, and says which id of ours became which of moto's. */
export async function make({ policies, groups, users, roles }: Account): Promise<ReadonlyMap<string, string>> {
  const became = new Map<string, string>();
  for (const { arn, document } of policies) {
    const [, Path = "/", PolicyName] = /:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
    await iam.send(new CreatePolicyCommand({ PolicyName, Path, PolicyDocument: JSON.stringify(document) }));
  }
  for (const group of groups) {
    const GroupName = group.name;
    await iam.send(new CreateGroupCommand({ GroupName }));
    for (const PolicyArn of group.attached) await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
    for (const inline of inlineOf(group)) await iam.send(new PutGroupPolicyCommand({ GroupName, ...inline }));
  }
  for (const user of users) await makeUser(user, became);
  for (const role of roles) {
    const RoleName = role.name;
    const { Role } = await iam.send(
      new CreateRoleCommand({
        ...{ RoleName, Path: role.path, Tags: tagsOf(role.tags), ...bounded(role.boundary) },
        AssumeRolePolicyDocument: JSON.stringify(role.trust),
      }),
    );
    became.set(role.id, Role?.RoleId ?? "");
    for (const PolicyArn of role.attached) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    for (const inline of inlineOf(role)) await iam.send(new PutRolePolicyCommand({ RoleName, ...inline }));
  }
  return became;
}

async function makeUser(user: Account["users"][number], became: Map<string, string>): Promise<void> {
  const UserName = user.name;
  const { path: Path = "/", tags, boundary } = user;
  await iam.send(new CreateUserCommand({ UserName, Path, Tags: tagsOf(tags), ...bounded(boundary) }));
  for (const GroupName of user.groups) await iam.send(new AddUserToGroupCommand({ UserName, GroupName }));
  for (const PolicyArn of user.attached) await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
  for (const inline of inlineOf(user)) await iam.send(new PutUserPolicyCommand({ UserName, ...inline }));
  if (user.password) await iam.send(new CreateLoginProfileCommand({ UserName, Password: "invented, never used 1A!" }));
  await makeKeys(user, became);
}

async function makeKeys(user: Account["users"][number], became: Map<string, string>): Promise<void> {
  const UserName = user.name;
  for (const { id, status } of user.keys ?? []) {
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const AccessKeyId = AccessKey?.AccessKeyId ?? "";
    became.set(id, AccessKeyId);
    if (status !== "Active") await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: "Inactive" }));
  }
  for (const { id } of user.certificates ?? []) {
    const CertificateBody = readFileSync(new URL("certificate.pem", import.meta.url), "utf8");
    const { Certificate } = await iam.send(new UploadSigningCertificateCommand({ UserName, CertificateBody }));
    became.set(id, Certificate?.CertificateId ?? "");
  }
  for (const { id, status } of user.sshKeys ?? []) {
    const { SSHPublicKey } = await iam.send(
      new UploadSSHPublicKeyCommand({
        UserName,
        SSHPublicKeyBody: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5EXAMPLE ${UserName}`,
      }),
    );
    const SSHPublicKeyId = SSHPublicKey?.SSHPublicKeyId ?? "";
    became.set(id, SSHPublicKeyId);
    if (status !== "Active")
      await iam.send(new UpdateSSHPublicKeyCommand({ UserName, SSHPublicKeyId, Status: "Inactive" }));
  }
}
