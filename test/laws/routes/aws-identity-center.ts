import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("aws-identity-center");

export const awsIdentityCenter: readonly RouteEvents[] = [
  {
    ...{ connector: "aws-identity-center", route: "identity-lifecycle", n: 0 },
    matches: [real("user-created"), real("user-updated"), real("user-updated-disabled"), real("user-deleted")],
    misses: [
      but("user-deleted", { source: "aws.sso-directory" }), // the older service sends records of calls alone
      but("user-deleted", { source: "aws.identitystor" }),
      but("user-deleted", { "detail-type": "User deleted" }),
      but("user-deleted", { "detail-type": "Group Deleted" }),
      real("delete-user"), // the other way in which the same is said
    ],
  },
  {
    ...{ connector: "aws-identity-center", route: "identity-lifecycle", n: 1 },
    matches: [
      real("create-user"),
      real("update-user"),
      real("delete-user"),
      real("delete-user-older"),
      real("disable-user"),
      real("enable-user"),
      real("delete-user-refused"),
    ],
    misses: [
      but("delete-user", { source: "aws.sso" }),
      but("delete-user", { source: "aws.iam" }), // IAM has a DeleteUser of its own
      but("delete-user", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("delete-user", {}, { eventName: "DeleteGroup" }),
      but("disable-user", {}, { eventName: "DisableUserInDirectory" }),
      but("update-user", {}, { eventName: "updateUser" }),
      real("user-deleted"),
    ],
  },
  {
    ...{ connector: "aws-identity-center", route: "grant-created", n: 0 },
    matches: [
      real("create-account-assignment"),
      real("create-account-assignment-by-pipeline"),
      real("delete-account-assignment"),
      real("create-permission-set"),
      real("put-inline-policy-to-permission-set"),
    ],
    misses: [
      but("delete-account-assignment", { source: "aws.sso-directory" }),
      but("delete-account-assignment", { source: "aws.identitystore" }),
      but("delete-account-assignment", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("delete-account-assignment", {}, { eventName: "DeleteApplicationAssignment" }), // of an application, not of an account
      but("create-account-assignment", {}, { eventName: "ListAccountAssignments" }),
      but("create-permission-set", {}, { eventName: "createPermissionSet" }),
      real("add-member-to-group-console"),
    ],
  },
];
