import { iamUserArn, verbOf } from "../../kit/index.ts";
import type { Dated, Key, Policies, Role, ServiceKey, User, World } from "./simulated-account.ts";

const PAGE = 2;

type Input = { [name: string]: string | undefined } & { readonly Filter?: string[] };
type Call = (world: World, input: Input) => object;

/** One page of these, and where the next begins; a marker is where in them. */
function paged<T>(all: readonly T[], { Marker = "0", MaxItems = "100" }: Input, most = PAGE) {
  const [from, to] = [Number(Marker), Number(Marker) + Math.min(most, Number(MaxItems))];
  const more = to < all.length;
  return { some: all.slice(from, to), IsTruncated: more, ...(more && { Marker: String(to) }) };
}

const reads: { readonly [verb: string]: Call } = {
  GetAccountAuthorizationDetails: (world, input) => {
    const asked = (kind: string) => input.Filter?.includes(kind) ?? false;
    if (asked("User")) {
      const { some, ...rest } = paged(world.users, input, world.page);
      return { UserDetailList: some.map((one) => userDetail(world, one)), ...rest };
    }
    if (asked("Role")) {
      const { some, ...rest } = paged(world.roles ?? [], input, world.page);
      return { RoleDetailList: some.map((one) => roleDetail(world, one)), ...rest };
    }
    return {
      GroupDetailList: Object.entries(world.groups).map(([GroupName, group]) => ({
        ...{ GroupName, AttachedManagedPolicies: attachedTo(group), GroupPolicyList: inlineOf(group) },
      })),
      Policies: Object.entries(world.policies ?? {}).map(([Arn, document]) => ({
        ...{ Arn, PolicyVersionList: [{ IsDefaultVersion: true, Document: written(document) }] },
      })),
      IsTruncated: false,
    };
  },
  ListAccessKeys: (world, input) => ({
    AccessKeyMetadata: user(world, input).keys.map(({ accessKeyId, status, createdAt }) => ({
      ...{ AccessKeyId: accessKeyId, Status: status, CreateDate: at(createdAt) },
    })),
  }),
  GetAccessKeyLastUsed: (world, input) => {
    const { owner, key } = keyOf(world, input["AccessKeyId"]);
    const used = key.lastUsed === null ? {} : { LastUsedDate: at(key.lastUsed) };
    return { UserName: owner.userName, AccessKeyLastUsed: { ServiceName: "N/A", Region: "N/A", ...used } };
  },
  ListServiceSpecificCredentials: (world, input) => {
    const all = input["AllUsers"] ? world.users : [user(world, input)];
    const { some, ...rest } = paged(
      all.flatMap((one) => (one.services ?? []).map((of) => ({ one, of }))),
      input,
      world.page ?? 1,
    );
    return {
      ServiceSpecificCredentials: some.map(({ one, of }) => ({
        ...{ UserName: one.userName, ServiceSpecificCredentialId: of.id, ServiceName: of.serviceName },
        ...{ Status: of.status, CreateDate: at(of.createdAt) },
        ...(of.expiresAt !== null && { ExpirationDate: at(of.expiresAt) }),
      })),
      ...rest,
    };
  },
  GetLoginProfile: (world, input) => {
    const { userName, password } = user(world, input);
    return { LoginProfile: { UserName: userName, CreateDate: at((password ?? missing()).createdAt) } };
  },
  GetUser: (world, input) => {
    const { userName, password } = user(world, input);
    const used = password?.lastUsed ?? undefined;
    return {
      User: {
        UserName: userName,
        UserId: userIdOf(userName),
        ...(used !== undefined && { PasswordLastUsed: at(used) }),
      },
    };
  },
  GetUserPolicy: (world, input) => inlineShown(user(world, input), input),
  GetRolePolicy: (world, input) => inlineShown(role(world, input), input),
  GetRole: (world, input) => {
    const one = role(world, input);
    const Tags = tagsOf(one);
    return { Role: { ...roleOf(world, one), ...(Tags.length > 0 && { Tags }) } };
  },
  ListSigningCertificates: (world, input) => ({
    Certificates: (user(world, input).certificates ?? []).map(({ id, ...one }) => ({
      CertificateId: id,
      ...shown(one),
    })),
  }),
  ListSSHPublicKeys: (world, input) => ({
    SSHPublicKeys: (user(world, input).sshKeys ?? []).map(({ id, ...one }) => ({ SSHPublicKeyId: id, ...shown(one) })),
  }),
  ListUserTags: (world, input) => ({ Tags: tagsOf(user(world, input)) }),
  ListAttachedUserPolicies: (world, input) => ({ AttachedPolicies: attachedTo(user(world, input)) }),
  ListAttachedRolePolicies: (world, input) => ({ AttachedPolicies: attachedTo(role(world, input)) }),
};

export const writes: { readonly [verb: string]: Call } = {
  UpdateAccessKey: (world, input) => set(keyOf(world, input["AccessKeyId"]).key, input),
  DeleteAccessKey: (world, input) => {
    const { owner, key } = keyOf(world, input["AccessKeyId"]);
    owner.keys = owner.keys.filter((one) => one !== key);
    return {};
  },
  UpdateServiceSpecificCredential: (world, input) => set(serviceOf(world, input).service, input),
  DeleteServiceSpecificCredential: (world, input) => {
    const { owner, service } = serviceOf(world, input);
    owner.services = owner.services?.filter((one) => one !== service) ?? [];
    return {};
  },
  UpdateSigningCertificate: (world, input) => set(one(user(world, input).certificates, input["CertificateId"]), input),
  DeleteSigningCertificate: (world, input) => {
    const owner = user(world, input);
    owner.certificates = without(owner.certificates, input["CertificateId"]);
    return {};
  },
  UpdateSSHPublicKey: (world, input) => set(one(user(world, input).sshKeys, input["SSHPublicKeyId"]), input),
  DeleteSSHPublicKey: (world, input) => {
    const owner = user(world, input);
    owner.sshKeys = without(owner.sshKeys, input["SSHPublicKeyId"]);
    return {};
  },
  DeleteLoginProfile: (world, input) => {
    const owner = user(world, input);
    if (owner.password === undefined) missing();
    delete owner.password;
    return {};
  },
  AttachUserPolicy: (world, input) => attach(user(world, input), input),
  DetachUserPolicy: (world, input) => detach(user(world, input), input),
  AttachRolePolicy: (world, input) => attach(role(world, input), input),
  DetachRolePolicy: (world, input) => detach(role(world, input), input),
  PutUserPolicy: (world, input) => putInline(user(world, input), input, 2_048),
  PutRolePolicy: (world, input) => putInline(role(world, input), input, 10_240),
  DeleteUserPolicy: (world, input) => dropInline(user(world, input), input),
  DeleteRolePolicy: (world, input) => dropInline(role(world, input), input),
};

/** What IAM answers, and whether it changed something. */
export function answer(world: World, command: unknown): { readonly said: object; readonly wrote: boolean } {
  const verb = verbOf(command);
  const call = reads[verb] ?? writes[verb] ?? missing();
  return { said: call(world, (command as { input: Input }).input), wrote: verb in writes };
}

const userDetail = ({ account }: World, one: User) => ({
  ...{
    UserName: one.userName,
    UserId: userIdOf(one.userName),
    Arn: iamUserArn(account, one.userName),
    CreateDate: at(one.createdAt),
  },
  ...{ GroupList: one.groups, AttachedManagedPolicies: attachedTo(one), UserPolicyList: inlineOf(one) },
  Tags: tagsOf(one),
  ...(one.boundary !== undefined && { PermissionsBoundary: { PermissionsBoundaryArn: one.boundary } }),
});

const roleDetail = (world: World, one: Role) => ({
  ...{ ...roleOf(world, one), Tags: tagsOf(one) },
  ...{ AttachedManagedPolicies: attachedTo(one), RolePolicyList: inlineOf(one) },
});

const roleOf = ({ account }: World, one: Role) => ({
  ...{ RoleName: one.roleName, RoleId: one.roleId, Arn: `arn:aws:iam::${account}:role${one.path}${one.roleName}` },
  ...{ CreateDate: at(one.createdAt), AssumeRolePolicyDocument: written(one.trust) },
  RoleLastUsed: one.lastUsed === null ? {} : { LastUsedDate: at(one.lastUsed) },
  ...(one.boundary !== undefined && { PermissionsBoundary: { PermissionsBoundaryArn: one.boundary } }),
});

/** Invented, and always the same for a name: an id of AWS's begins so. */
export const userIdOf = (userName: string): string =>
  `AIDA${userName
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "X")
    .padEnd(17, "0")
    .slice(0, 17)}`;
const attachedTo = ({ attached }: Policies) =>
  attached.map((PolicyArn) => ({ PolicyArn, PolicyName: PolicyArn.split("/").at(-1) }));
const inlineOf = ({ inline }: Policies) =>
  Object.entries(inline).map(([PolicyName, document]) => ({ PolicyName, PolicyDocument: written(document) }));
/** As IAM hands documents out: by RFC 3986, which spells five more signs than JavaScript does. */
const written = (document: object) =>
  encodeURIComponent(JSON.stringify(document)).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
const tagsOf = ({ tags }: Pick<User, "tags">) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const shown = ({ status, createdAt }: Omit<Dated, "id">) => ({ Status: status, UploadDate: at(createdAt) });
const at = (text: string) => new Date(text); // the SDK answers with dates

function set(of: { status: Key["status"] }, { Status }: Input): object {
  of.status = Status === "Active" ? "Active" : "Inactive";
  return {};
}
function inlineShown({ inline }: Policies, { PolicyName = "" }: Input): object {
  return { PolicyName, PolicyDocument: written(inline[PolicyName] ?? missing()) };
}
/** IAM counts all inline policies of one together, without white space. */
function putInline(to: Policies, { PolicyName = "", PolicyDocument = "" }: Input, most: number): object {
  const inline = { ...to.inline, [PolicyName]: JSON.parse(PolicyDocument) as object };
  if (JSON.stringify(Object.values(inline)).length > most)
    throw Object.assign(new Error("too long"), { name: "LimitExceededException" });
  to.inline = inline;
  return {};
}
function dropInline(from: Policies, { PolicyName = "" }: Input): object {
  const { [PolicyName]: gone = missing(), ...rest } = from.inline;
  from.inline = rest;
  return gone && {};
}
function attach(to: Policies, { PolicyArn = "" }: Input): object {
  if (!to.attached.includes(PolicyArn)) to.attached.push(PolicyArn);
  return {};
}
function detach(from: Policies, { PolicyArn }: Input): object {
  if (!from.attached.some((one) => one === PolicyArn)) missing();
  from.attached = from.attached.filter((one) => one !== PolicyArn);
  return {};
}
const one = (all: readonly Dated[] | undefined, id: string | undefined): Dated =>
  all?.find((other) => other.id === id) ?? missing();
const without = (all: readonly Dated[] | undefined, id: string | undefined): Dated[] => {
  const gone = one(all, id);
  return all?.filter((other) => other !== gone) ?? [];
};
function serviceOf(world: World, input: Input): { owner: User; service: ServiceKey } {
  const owner = user(world, input);
  const service = owner.services?.find(({ id }) => id === input["ServiceSpecificCredentialId"]) ?? missing();
  return { owner, service };
}
function user({ users }: World, { UserName }: Input): User {
  return users.find(({ userName }) => userName === UserName) ?? missing();
}
function role({ roles = [] }: World, { RoleName }: Input): Role {
  return roles.find(({ roleName }) => roleName === RoleName) ?? missing();
}
function keyOf({ users }: World, accessKeyId: string | undefined): { owner: User; key: Key } {
  for (const owner of users) for (const key of owner.keys) if (key.accessKeyId === accessKeyId) return { owner, key };
  return missing();
}
function missing(): never {
  throw Object.assign(new Error("not there"), { name: "NoSuchEntityException" });
}
