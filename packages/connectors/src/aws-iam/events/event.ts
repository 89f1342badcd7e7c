import { Instant } from "@leasehold/core/kernel";
import type { SignalOf } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { UserIdentity } from "../../../kit/index.ts";

/** Grouped by what they are about, in the order in which they are read. */
export const CALLS = {
  users: [
    "CreateUser",
    "UpdateUser",
    "DeleteUser",
    "TagUser",
    "PutUserPermissionsBoundary",
    "DeleteUserPermissionsBoundary",
    ...(["DetachUserPolicy", "DeleteUserPolicy", "AddUserToGroup", "RemoveUserFromGroup"] as const),
  ],
  roles: [
    ...(["CreateRole", "CreateServiceLinkedRole", "DeleteRole", "UpdateAssumeRolePolicy", "TagRole"] as const),
    ...(["PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary"] as const),
    ...(["PutRolePolicy", "DeleteRolePolicy", "AttachRolePolicy", "DetachRolePolicy"] as const),
  ],
  issues: [
    ...(["CreateAccessKey", "CreateServiceSpecificCredential", "ResetServiceSpecificCredential"] as const),
    ...(["CreateLoginProfile", "UploadSigningCertificate", "UploadSSHPublicKey"] as const),
  ],
  changes: [
    ...([
      "UpdateAccessKey",
      "UpdateServiceSpecificCredential",
      "UpdateSigningCertificate",
      "UpdateSSHPublicKey",
    ] as const),
    ...([
      "DeleteAccessKey",
      "DeleteServiceSpecificCredential",
      "DeleteSigningCertificate",
      "DeleteSSHPublicKey",
    ] as const),
    ...(["DeleteLoginProfile"] as const),
  ],
  passwords: ["UpdateLoginProfile", "ChangePassword"],
  attaches: ["AttachUserPolicy", "PutUserPolicy"],
} as const;
export type Call = (typeof CALLS)[keyof typeof CALLS][number];

const Id = z.optional(z.string().check(z.maxLength(128)));
const Arn = z.optional(z.string().check(z.maxLength(2048)));
const Document = z.optional(z.string().check(z.maxLength(131_072)));
const Tags = z.optional(
  z.array(z.object({ key: z.string().check(z.maxLength(128)), value: z.string().check(z.maxLength(256)) })),
);
const Ids = { accessKeyId: Id, serviceSpecificCredentialId: Id, certificateId: Id, sSHPublicKeyId: Id };
const Held = z.optional(z.object({ userName: Id, status: Id, serviceName: Id, ...Ids }));
const Made = z.optional(z.object({ arn: Arn, userName: Id }));

// Only the fields we use. CloudTrail's createDate is local text without a zone; eventTime is the truth.
export const Event = z.object({
  account: z.string().check(z.maxLength(32)),
  detail: z.object({
    eventID: z.string().check(z.maxLength(128)),
    eventTime: Instant,
    eventSource: z.literal("iam.amazonaws.com"), // other services have calls of the same names
    eventName: z.enum(Object.values(CALLS).flat() as [Call, ...Call[]]),
    errorCode: z.optional(z.string()),
    errorMessage: z.optional(z.string()),
    userIdentity: UserIdentity,
    sessionCredentialFromConsole: z.nullish(z.string().check(z.maxLength(16))),
    requestParameters: z.nullish(
      z.object({
        ...{ userName: Id, newUserName: Id, roleName: Id, serviceName: Id, status: Id, policyArn: Arn, tags: Tags },
        policyName: Id,
        passwordResetRequired: z.nullish(z.boolean()),
        ...Ids,
        ...{ permissionsBoundary: Arn, assumeRolePolicyDocument: Document, policyDocument: Document },
      }),
    ),
    responseElements: z.nullish(
      z.object({
        ...{ user: Made, role: Made },
        ...{
          accessKey: Held,
          serviceSpecificCredential: Held,
          loginProfile: Held,
          certificate: Held,
          sSHPublicKey: Held,
        },
      }),
    ),
  }),
});
export type Event = z.infer<typeof Event>;
export type Detail = Event["detail"];

/** What every signal of one event says. */
export type Said = Pick<SignalOf<"identity.created">, "source" | "tenant" | "by">;
