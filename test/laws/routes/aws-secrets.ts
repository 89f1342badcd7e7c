import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("aws-secrets");
const of = { connector: "aws-secrets", route: "credential-issued" } as const;

export const awsSecrets: readonly RouteEvents[] = [
  {
    ...{ ...of, n: 0 },
    matches: [
      real("create-secret"),
      real("put-secret-value"),
      real("update-secret"),
      real("update-secret-version-stage"),
      real("delete-secret"),
      real("restore-secret"),
      real("get-secret-value"),
      real("get-secret-value-refused"),
    ],
    misses: [
      but("create-secret", { source: "aws.ssm" }),
      but("create-secret", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("create-secret", {}, { eventSource: "ssm.amazonaws.com" }),
      but("get-secret-value", {}, { eventName: "BatchGetSecretValue" }), // told secret by secret besides
      but("get-secret-value", {}, { eventName: "DescribeSecret" }),
      but("create-secret", {}, { eventName: "PutResourcePolicy" }),
      real("rotation-succeeded"),
      real("put-parameter"),
    ],
  },
  {
    ...{ ...of, n: 1 },
    matches: [
      real("rotation-succeeded"),
      but("rotation-succeeded", { region: "us-east-1" }),
      but("rotation-succeeded", { account: "444455556666" }),
    ],
    misses: [
      but("rotation-succeeded", { source: "aws.ssm" }),
      but("rotation-succeeded", { "detail-type": "AWS API Call via CloudTrail" }),
      but("rotation-succeeded", {}, { eventSource: "ssm.amazonaws.com" }),
      but("rotation-succeeded", {}, { eventName: "RotationStarted" }),
      but("rotation-succeeded", {}, { eventName: "EndSecretVersionDelete" }), // of a version that nobody can read any more
      real("put-secret-value"),
    ],
  },
  {
    ...{ ...of, n: 2 },
    matches: [
      real("put-parameter"),
      real("delete-parameter"),
      real("delete-parameters"),
      real("get-parameter"),
      real("get-parameters"),
      real("get-parameters-refused"),
    ],
    misses: [
      but("put-parameter", { source: "aws.secretsmanager" }),
      but("put-parameter", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("put-parameter", {}, { eventSource: "secretsmanager.amazonaws.com" }),
      but("get-parameter", {}, { eventName: "GetParametersByPath" }),
      but("get-parameter", {}, { eventName: "DescribeParameters" }),
      but("put-parameter", {}, { eventName: "SendCommand" }),
      real("create-secret"),
    ],
  },
];
