import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteRolePolicyCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteSigningCertificateCommand,
  DeleteSSHPublicKeyCommand,
  DeleteUserPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
  UpdateServiceSpecificCredentialCommand,
  UpdateSigningCertificateCommand,
  UpdateSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import { accessKeys } from "./access-keys.ts";
import { downOf } from "./down.ts";
import { endSessions } from "./inline-deny.ts";
import { loginProfiles } from "./login-profiles.ts";
import { roleSessions } from "./role-sessions.ts";
import { roles } from "./roles.ts";
import { serviceSpecific } from "./service-specific.ts";
import { signingCertificates } from "./signing-certificates.ts";
import { sshKeys } from "./ssh-keys.ts";
import { userSessions } from "./user-sessions.ts";

/** Made by a call that a bundler may leave out, for functions that only listen. */
export const actions = /* @__PURE__ */ allActions();

function allActions() {
  return [
    ...[accessKeys, serviceSpecific, signingCertificates, sshKeys].flatMap(downOf),
    ...loginProfiles(),
    ...roles(),
    ...[userSessions, roleSessions].map(endSessions),
  ];
}

/** By their classes: what a bundler leaves of a name says nothing. */
const CHANGES = [
  ...[AttachRolePolicyCommand, AttachUserPolicyCommand, DetachRolePolicyCommand, DetachUserPolicyCommand],
  ...[UpdateAccessKeyCommand, UpdateServiceSpecificCredentialCommand],
  ...[UpdateSigningCertificateCommand, UpdateSSHPublicKeyCommand],
  ...[DeleteAccessKeyCommand, DeleteServiceSpecificCredentialCommand],
  ...[PutUserPolicyCommand, DeleteUserPolicyCommand, PutRolePolicyCommand, DeleteRolePolicyCommand],
  ...[DeleteSigningCertificateCommand, DeleteSSHPublicKeyCommand, DeleteLoginProfileCommand],
];

/** Whether a call changes something at IAM. */
export const isChange = (command: unknown): boolean => CHANGES.some((one) => command instanceof one);
