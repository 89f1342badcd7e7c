import {
  DeleteAccessKeyCommand,
  DeleteServiceSpecificCredentialCommand,
  UpdateAccessKeyCommand,
  UpdateServiceSpecificCredentialCommand,
} from "@aws-sdk/client-iam";
import { accessKeys } from "./access-keys.ts";
import { downOf } from "./down.ts";
import { serviceSpecific } from "./service-specific.ts";

/** Made by a call that a bundler may leave out, for functions that only listen. */
export const actions = /* @__PURE__ */ [accessKeys, serviceSpecific].flatMap(downOf);

/** Whether a call changes something at IAM. */
export const isChange = (command: unknown): boolean =>
  command instanceof UpdateAccessKeyCommand ||
  command instanceof DeleteAccessKeyCommand ||
  command instanceof UpdateServiceSpecificCredentialCommand ||
  command instanceof DeleteServiceSpecificCredentialCommand;
