import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("aws-iam");

export const awsIam: readonly RouteEvents[] = [
  {
    ...{ connector: "aws-iam", route: "credential-issued", n: 0 },
    matches: [
      real("create-user"),
      real("create-access-key"),
      real("update-access-key-inactive"),
      real("delete-access-key"),
      real("delete-user"),
      real("update-user-name"),
      real("create-user-phantom"),
      real("create-service-specific-credential"),
      real("reset-service-specific-credential"),
      real("update-service-specific-credential-inactive"),
      real("delete-service-specific-credential"),
      real("create-role"),
      real("update-assume-role-policy"),
      real("delete-role"),
      real("put-role-policy"),
      real("delete-role-policy"),
      real("attach-role-policy"),
      real("detach-role-policy"),
      real("detach-user-policy"),
      real("delete-user-policy"),
      real("add-user-to-group"),
      real("remove-user-from-group-hidden"),
      real("tag-user-owner"),
      real("put-user-permissions-boundary"),
      real("create-login-profile"),
      real("delete-login-profile"),
      real("update-login-profile"),
      real("change-password"),
      real("upload-signing-certificate"),
      real("update-ssh-public-key-inactive"),
      real("create-access-key-refused"), // what was refused is told as refused
      but("create-access-key", { region: "eu-central-1", account: "444455556666" }), // forwarded from elsewhere
    ],
    misses: [
      but("create-access-key", { source: "aws.sts" }),
      but("create-access-key", { source: "aws.iam2" }),
      but("create-access-key", { "detail-type": "AWS Console Action via CloudTrail" }),
      but("create-access-key", { "detail-type": "AWS API call via CloudTrail" }), // case counts
      but("create-access-key", {}, { eventSource: "sts.amazonaws.com" }),
      but("create-access-key", {}, { eventSource: "iam.amazonaws.com.cn" }),
      but("create-access-key", {}, { eventName: "ListAccessKeys" }),
      but("create-access-key", {}, { eventName: "CreateAccessKeys" }),
      but("delete-user", {}, { eventName: "DeleteUserPolicies" }),
      but("attach-role-policy", {}, { eventName: "AttachGroupPolicy" }), // of groups the list tells
      but("create-service-specific-credential", {}, { eventName: "ListServiceSpecificCredentials" }),
      but("create-user", {}, { eventName: "AcquireRole" }), // a role is born, nobody's credential
      but("create-user", {}, { eventName: "AcceptDelegationRequest" }),
      but("create-role", {}, { eventName: "CreateInstanceProfile" }),
      but("create-login-profile", {}, { eventName: "GetLoginProfile" }),
      but("change-password", {}, { eventName: "UpdateAccountPasswordPolicy" }), // of the account, and no password
    ],
  },
  {
    ...{ connector: "aws-iam", route: "exposure", n: 0 },
    matches: [
      real("attach-user-policy-quarantine"),
      real("attach-user-policy-other"), // it is read, and exposes nothing
      real("put-user-policy-quarantine"),
      real("attach-user-policy-refused"),
      but("attach-user-policy-quarantine", { region: "eu-central-1", account: "444455556666" }),
    ],
    misses: [
      but("attach-user-policy-quarantine", { source: "aws.sts" }),
      but("attach-user-policy-quarantine", { "detail-type": "AWS Console Action via CloudTrail" }),
      but("attach-user-policy-quarantine", {}, { eventSource: "sts.amazonaws.com" }),
      but("attach-user-policy-quarantine", {}, { eventName: "AttachRolePolicy" }),
      but("attach-user-policy-quarantine", {}, { eventName: "DetachUserPolicy" }),
    ],
  },
];
