import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteSigningCertificateCommand,
  DeleteSSHPublicKeyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  UpdateAccessKeyCommand,
  UpdateServiceSpecificCredentialCommand,
  UpdateSigningCertificateCommand,
  UpdateSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import { accessKeys } from "./access-keys.ts";
import { downOf } from "./down.ts";
import { loginProfiles } from "./login-profiles.ts";
import { roles } from "./roles.ts";
import { serviceSpecific } from "./service-specific.ts";
import { signingCertificates } from "./signing-certificates.ts";
import { sshKeys } from "./ssh-keys.ts";

/** Made by a call that a bundler may leave out, for functions that only listen. */
export const actions = /* @__PURE__ */ allActions();

function allActions() {
  return [
    ...[accessKeys, serviceSpecific, signingCertificates, sshKeys].flatMap(downOf),
    ...loginProfiles(),
    ...roles(),
  ];
}

/** By their classes: what a bundler leaves of a name says nothing. */
const CHANGES = [
  ...[AttachRolePolicyCommand, AttachUserPolicyCommand, DetachRolePolicyCommand, DetachUserPolicyCommand],
  ...[UpdateAccessKeyCommand, UpdateServiceSpecificCredentialCommand],
  ...[UpdateSigningCertificateCommand, UpdateSSHPublicKeyCommand],
  ...[DeleteAccessKeyCommand, DeleteServiceSpecificCredentialCommand],
  ...[DeleteSigningCertificateCommand, DeleteSSHPublicKeyCommand, DeleteLoginProfileCommand],
];

/** Whether a call changes something at IAM. */
export const isChange = (command: unknown): boolean => CHANGES.some((one) => command instanceof one);
