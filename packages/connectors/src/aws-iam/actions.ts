import {
  DeleteAccessKeyCommand,
  DeleteServiceSpecificCredentialCommand,
  UpdateAccessKeyCommand,
  UpdateServiceSpecificCredentialCommand,
} from "@aws-sdk/client-iam";
import { accessKeys } from "./access-keys.ts";
import { downOf } from "./down.ts";
import { serviceSpecific } from "./service-specific.ts";

export const actions = [...downOf(accessKeys), ...downOf(serviceSpecific)];

const CHANGES = [
  ...[UpdateAccessKeyCommand, DeleteAccessKeyCommand],
  ...[UpdateServiceSpecificCredentialCommand, DeleteServiceSpecificCredentialCommand],
];

/** Whether a call changes something at IAM. */
export const isChange = (command: unknown): boolean => CHANGES.some((one) => command instanceof one);
