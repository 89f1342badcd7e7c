import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("aws-organizations");

export const awsOrganizations: readonly RouteEvents[] = [
  {
    ...{ connector: "aws-organizations", route: "identity-lifecycle", n: 0 },
    matches: [
      real("create-account-result"),
      real("account-joined"),
      real("account-departed"),
      real("move-account"),
      real("close-account"),
      real("leave-organization"),
      real("register-delegated-administrator"),
    ],
    misses: [
      but("move-account", { source: "aws.account" }),
      but("move-account", { source: "aws.organization" }),
      but("move-account", { "detail-type": "AWS Insight via CloudTrail" }),
      but("move-account", {}, { eventName: "ListAccounts" }),
      but("create-account-result", {}, { eventName: "CreateGovCloudAccount" }),
      but("leave-organization", {}, { eventName: "leaveOrganization" }),
    ],
  },
];
