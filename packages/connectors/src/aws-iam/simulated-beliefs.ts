import type { Handle } from "@leasehold/core/connector";
import type { Signal, SignalOf } from "@leasehold/core/signal";
import { accessKey, iamUserArn } from "../../kit/index.ts";
import { ACCESS_KEY, LOGIN_PROFILE, loginProfile, SERVICE_SPECIFIC, SIGNING_CERTIFICATE, SSH_KEY } from "./handles.ts";
import { aRole, type Key, type User, type World } from "./simulated-account.ts";

/** Makes the account as an event says that it is. */
export function believe(world: World, signal: Signal): void {
  if (signal.kind === "identity.created" && isUser(signal.identity.name))
    newUser(world, nameIn(signal.identity.name), signal.source.occurredAt);
  if (signal.kind === "identity.created" && isRole(signal.identity.name))
    newRole(
      world,
      { roleName: nameIn(signal.identity.name), roleId: idOf(signal.identity.id) },
      signal.source.occurredAt,
    );
  if (signal.kind === "identity.deleted") gone(world, signal.identity.name);
  if (signal.kind === "credential.issued") issued(world, signal);
  if (signal.kind === "credential.disabled") change(world, signal.credential, "Inactive");
  if (signal.kind === "credential.restored") change(world, signal.credential, "Active");
  if (signal.kind === "credential.deleted") change(world, signal.credential, undefined);
}

const isUser = (arn: string) => arn.includes(":user/");
const isRole = (arn: string) => arn.includes(":role/");
const idOf = (identity: string) => `AROA${identity.slice(4).toUpperCase()}`; // IAM would give it one of its own
const nameIn = (arn: string) => arn.split("/").at(-1) ?? "";

function gone(world: World, arn: string): void {
  if (isUser(arn)) world.users = world.users.filter(({ userName }) => iamUserArn(world.account, userName) !== arn);
  else if (world.roles) world.roles = world.roles.filter(({ roleName }) => roleName !== nameIn(arn));
}

function issued(world: World, { type, handle, source: { occurredAt: at } }: SignalOf<"credential.issued">): void {
  make(newUser(world, handle["userName"] ?? "", at), type, handle, at);
}

export function newUser(world: World, userName: string, createdAt: string): User {
  const known = world.users.find((one) => one.userName === userName);
  if (known) return known;
  const made: User = { userName, createdAt, tags: {}, groups: [], attached: [], inline: {}, keys: [] };
  world.users.push(made);
  return made;
}

export function newRole(world: World, { roleName = "", roleId = "" }: Handle, createdAt: string): void {
  world.roles ??= [];
  if (!world.roles.some((one) => one.roleName === roleName)) world.roles.push(aRole(roleName, { roleId, createdAt }));
}

/** One more credential of a user, unless it is there. */
export function make(owner: User, type: string, handle: Handle, createdAt: string): void {
  const { accessKeyId = "", serviceSpecificCredentialId = "", serviceName = "" } = handle;
  const { certificateId = "", sshPublicKeyId = "" } = handle;
  const add = <T extends object>(all: T[], one: T, isIt: (other: T) => boolean) =>
    all.some(isIt) ? all : [...all, one];
  const on = { status: "Active" as const, createdAt };
  const dated = (all: User["sshKeys"], id: string) => add(all ?? [], { id, ...on }, (one) => one.id === id);
  if (type === ACCESS_KEY)
    owner.keys = add(owner.keys, { accessKeyId, ...on, lastUsed: null }, (one) => one.accessKeyId === accessKeyId);
  if (type === SERVICE_SPECIFIC)
    owner.services = add(
      owner.services ?? [],
      { id: serviceSpecificCredentialId, serviceName, ...on, expiresAt: null },
      ({ id }) => id === serviceSpecificCredentialId,
    );
  if (type === SIGNING_CERTIFICATE) owner.certificates = dated(owner.certificates, certificateId);
  if (type === SSH_KEY) owner.sshKeys = dated(owner.sshKeys, sshPublicKeyId);
  if (type === LOGIN_PROFILE) owner.password ??= { createdAt, lastUsed: null };
}

function change(world: World, credential: string, to: Key["status"] | undefined): void {
  for (const owner of world.users) {
    const isIt = (id: string) => accessKey(id) === credential;
    owner.keys = changed(owner.keys, ({ accessKeyId }) => isIt(accessKeyId), to);
    if (owner.services) owner.services = changed(owner.services, ({ id }) => isIt(id), to);
    if (owner.certificates) owner.certificates = changed(owner.certificates, ({ id }) => isIt(id), to);
    if (owner.sshKeys) owner.sshKeys = changed(owner.sshKeys, ({ id }) => isIt(id), to);
    if (to === undefined && loginProfile(iamUserArn(world.account, owner.userName)) === credential)
      delete owner.password;
  }
}

const changed = <T extends { status: Key["status"] }>(
  all: readonly T[],
  isIt: (one: T) => boolean,
  to?: Key["status"],
): T[] =>
  to === undefined ? all.filter((one) => !isIt(one)) : all.map((one) => (isIt(one) ? { ...one, status: to } : one));
