import type { Handle } from "@leasehold/core/connector";
import { type CredentialId, derivedId } from "@leasehold/core/kernel";
import type { Identity } from "@leasehold/core/signal";
import { awsIdentity } from "../../kit/index.ts";

/** What lets one user into one account with one permission set. Through it they open sessions there. */
export const ASSIGNMENT = "account assignment";

export interface Assignment {
  readonly permissionSet: string; // its ARN, in which the instance stands
  readonly target: string; // the account id
  readonly userId: string;
}

/** It has no id of its own: what is made again with the same three is the same one. */
export const assignmentId = ({ permissionSet, target, userId }: Assignment): CredentialId =>
  derivedId("crd", "aws-identity-center", permissionSet, target, userId);

/** `account` is that of the directory, where it is taken down; `target` is the one that it leads into. */
export const assignmentHandle = (account: string, identityStoreId: string, one: Assignment): Handle => ({
  ...{ account, identityStoreId },
  ...{ permissionSet: one.permissionSet, target: one.target, userId: one.userId },
});

/** What one user has open, and opens, with one permission set, in whatever account. */
export const SET_SESSIONS = "permission set sessions";

export type InSet = Omit<Assignment, "target">;

export const sessionsId = ({ permissionSet, userId }: InSet): CredentialId =>
  derivedId("crd", "aws-identity-center", "sessions", permissionSet, userId);

export const sessionsHandle = (account: string, identityStoreId: string, one: InSet): Handle => ({
  ...{ account, identityStoreId },
  ...{ permissionSet: one.permissionSet, userId: one.userId },
});

const SET = /^(arn:aws[a-z-]*:sso:::)permissionSet\/((?:sso)?ins-[\w.-]{16})\/(ps-[\w./-]{16})$/;

/** The instance that a permission set is of; undefined where it is no ARN of one. */
export function instanceOf(permissionSet: string): string | undefined {
  const [, prefix, instance] = SET.exec(permissionSet) ?? [];
  return instance && `${prefix}instance/${instance}`;
}

/** `ssoins-1234567890abcdef`: it stands in the ids of all its permission sets. */
export const instanceId = (instance: string): string => instance.slice(instance.indexOf("/") + 1);

export const setId = (permissionSet: string): string => permissionSet.split("/").slice(2).join("/");
export const setArn = (instance: string, id: string): string =>
  `${instance.replace(":instance/", ":permissionSet/")}/${id}`;

/** By its ARN; people know it by its name, which only a list tells. */
export const permissionSetIdentity = (arn: string, name?: string): Identity => ({
  ...awsIdentity(arn),
  ...(name !== undefined && { name: `${name} (${setId(arn)})` }),
});
