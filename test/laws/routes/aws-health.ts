import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("aws-health");

export const awsHealth: readonly RouteEvents[] = [
  {
    ...{ connector: "aws-health", route: "exposure", n: 0 },
    matches: [
      real("credentials-exposed"),
      real("credentials-exposed-as-iam"),
      real("credentials-compromised"),
      real("iam-quarantine"),
      but("credentials-exposed", { region: "us-west-2" }, { eventTypeCode: "AWS_RISK_CREDENTIALS_EXPOSURE_SUSPECTED" }),
    ],
    misses: [
      but("credentials-exposed", { source: "aws.healthcare" }),
      but("credentials-exposed", { source: "awsmock.health" }), // what anybody may put on a bus
      but("credentials-exposed", { "detail-type": "AWS Health Abuse Event" }),
      but("credentials-exposed", {}, { eventTypeCode: "AWS_RISK_ACCOUNT_CONSOLE_COMPROMISE" }),
      but("credentials-exposed", {}, { eventTypeCode: "AWS_IAM_OPERATIONAL_ISSUE" }),
      but("credentials-exposed", {}, { eventTypeCode: "AWS_RISK_CREDENTIALS_EXPOSED_RESOLVED" }),
    ],
  },
];
