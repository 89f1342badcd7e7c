import type { Handle } from "@leasehold/core/connector";
import { type CredentialId, derivedId } from "@leasehold/core/kernel";

export { loginProfile } from "../../kit/index.ts";

export const ACCESS_KEY = "access key";

/** What IAM calls a credential of a user that one service alone takes: a Bedrock API key, a Git password of CodeCommit. */
export const SERVICE_SPECIFIC = "service-specific credential";

/** What IAM calls a user's password for the console. */
export const LOGIN_PROFILE = "login profile";
export const SIGNING_CERTIFICATE = "signing certificate";
export const SSH_KEY = "SSH public key";
export const ROLE = "role";

/** What IAM calls keys that expire: all that was opened with a user's own credentials. */
export const USER_SESSIONS = "temporary credentials";
export const ROLE_SESSIONS = "role sessions";

/** The name of the inline policies that are ours: nobody else's is read, written or taken away. */
export const ENDED_POLICY = "leasehold-end-sessions";

export const serviceHandle = (account: string, userName: string, id: string, serviceName?: string): Handle => ({
  ...{ account, userName, serviceSpecificCredentialId: id },
  ...(serviceName !== undefined && { serviceName }),
});

/** They have no id, and come and go: they are known by whose they are. */
export const userSessionsOf = (userId: string): CredentialId => derivedId("crd", "aws", userId, USER_SESSIONS);
export const roleSessionsOf = (roleId: string, sourceIdentity: string): CredentialId =>
  derivedId("crd", "aws", roleId, ROLE_SESSIONS, sourceIdentity);

/** Roles that AWS makes and keeps for itself: a service's own, and those of Identity Center. */
export const isAwsOwn = (roleArn: string): boolean =>
  /:role\/aws-(service-role|reserved)\/|\/AWS(ServiceRoleFor|ReservedSSO_)/.test(roleArn);
