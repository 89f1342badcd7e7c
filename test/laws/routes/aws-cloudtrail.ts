import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("aws-cloudtrail");
const withKey = (accessKeyId: string) => ({ userIdentity: { type: "IAMUser", accessKeyId } });

const bearer = (over: object) => ({
  userIdentity: { type: "IAMUser", credentialId: "ACCAIOSFODNN7EXAMPLE", ...over },
});

export const awsCloudtrail: readonly RouteEvents[] = [
  {
    ...{ connector: "aws-cloudtrail", route: "usage", n: 0 },
    matches: [
      real("call-with-a-key"),
      real("call-in-a-session"),
      real("call-refused"),
      real("call-from-console"),
      but("call-with-a-key", { source: "aws.bedrock" }, { eventSource: "bedrock.amazonaws.com" }),
    ],
    misses: [
      real("call-of-a-service"),
      real("call-from-another-account"),
      real("call-hidden"),
      but("call-with-a-key", { source: "aws" }),
      but("call-with-a-key", { source: "custom.aws.ecs" }),
      but("call-with-a-key", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("call-with-a-key", { "detail-type": "AWS Console Signin via CloudTrail" }),
      but("call-with-a-key", {}, withKey("")),
    ],
  },
  {
    ...{ connector: "aws-cloudtrail", route: "usage", n: 1 },
    matches: [
      real("call-with-a-bearer-token"),
      but("call-with-a-bearer-token", {}, { eventName: "Converse" }),
      but("call-with-a-bearer-token", { source: "aws.logs" }, { eventSource: "logs.amazonaws.com" }),
    ],
    misses: [
      real("call-with-a-key"),
      real("call-with-another-bearer-token"),
      but("call-with-a-bearer-token", { source: "custom.aws.bedrock" }),
      but("call-with-a-bearer-token", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("call-with-a-bearer-token", {}, bearer({ accessKeyId: "AKIAEXAMPLEUSED00001" })), // counted already
      but("call-with-a-bearer-token", {}, bearer({ credentialId: "" })),
    ],
  },
  {
    ...{ connector: "aws-cloudtrail", route: "usage", n: 2 },
    matches: [
      real("gateway-called-with-a-token"),
      real("gateway-called-without-the-right"),
      but("gateway-called-with-a-token", {}, { userIdentity: { type: "Unknown" } }),
    ],
    misses: [
      real("gateway-called-with-no-token"),
      real("call-with-a-key"),
      but("gateway-called-with-a-token", { source: "custom.aws.bedrock-agentcore" }),
      but("gateway-called-with-a-token", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("gateway-called-with-a-token", {}, { eventName: "CreateGateway" }),
      but("gateway-called-with-a-token", {}, withKey("AKIAEXAMPLEUSED00001")), // counted already
      but("gateway-called-with-a-token", {}, { additionalEventData: { targetId: "TARGET1EXA" } }),
    ],
  },
];
