import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("aws-agentcore");
const of = { connector: "aws-agentcore", route: "agent-deployed" } as const;

export const awsAgentcore: readonly RouteEvents[] = [
  {
    ...{ ...of, n: 0 },
    matches: [
      real("create-agent-runtime"),
      real("create-agent-runtime-of-control"),
      real("update-agent-runtime"),
      real("delete-agent-runtime"),
      real("create-gateway-naked"),
      real("delete-gateway-target"),
      real("create-workload-identity"),
      real("create-oauth2-credential-provider"),
      real("delete-api-key-credential-provider"),
      real("create-registry-record"),
    ],
    misses: [
      but("create-agent-runtime", { source: "aws.bedrock" }),
      but("create-agent-runtime", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("create-agent-runtime", {}, { eventSource: "bedrock.amazonaws.com" }),
      but("create-agent-runtime", {}, { eventName: "GetAgentRuntime" }),
      but("create-agent-runtime", {}, { eventName: "CreateAgentRuntimeEndpoint" }),
      but("create-gateway", {}, { eventName: "GetResourceApiKey" }), // its answer is a key
      but("create-gateway", {}, { eventName: "InvokeGateway" }),
      real("create-registry-record-of-registry"),
    ],
  },
  {
    ...{ ...of, n: 1 },
    matches: [
      real("create-registry-record-of-registry"),
      real("update-registry-record-of-registry"),
      real("delete-registry-record-refused"),
    ],
    misses: [
      real("create-registry-record"),
      but("create-registry-record-of-registry", { source: "aws.bedrock" }),
      but("create-registry-record-of-registry", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("create-registry-record-of-registry", {}, { eventSource: "bedrock-agentcore.amazonaws.com" }),
      but("create-registry-record-of-registry", {}, { eventName: "CreateGateway" }),
      but("create-registry-record-of-registry", {}, { eventName: "GetRegistryRecord" }),
    ],
  },
];
