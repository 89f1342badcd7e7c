import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("aws-bedrock");
const of = { connector: "aws-bedrock", route: "agent-deployed" } as const;

export const awsBedrock: readonly RouteEvents[] = [
  {
    ...{ ...of, n: 0 },
    matches: [
      real("create-agent"),
      real("update-agent"),
      real("prepare-agent"),
      real("create-agent-alias"),
      real("delete-agent"),
      real("create-agent-refused"), // what was refused is told as refused
    ],
    misses: [
      but("create-agent", { source: "aws.bedrock-agentcore" }),
      but("create-agent", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("create-agent", {}, { eventSource: "bedrock-runtime.amazonaws.com" }),
      but("create-agent", {}, { eventName: "ListAgents" }),
      but("create-agent", {}, { eventName: "CreateAgentActionGroup" }),
      but("create-agent", {}, { eventName: "CreateAgentRuntime" }),
      real("create-agent-runtime"),
    ],
  },
  {
    ...{ ...of, n: 1 },
    matches: [
      real("create-agent-runtime"),
      real("create-agent-runtime-of-control"),
      real("update-agent-runtime"),
      real("delete-agent-runtime"),
    ],
    misses: [
      but("create-agent-runtime", { source: "aws.bedrock" }),
      but("create-agent-runtime", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("create-agent-runtime", {}, { eventSource: "bedrock.amazonaws.com" }),
      but("create-agent-runtime", {}, { eventName: "GetAgentRuntime" }),
      but("create-agent-runtime", {}, { eventName: "CreateAgentRuntimeEndpoint" }),
      real("create-agent"),
    ],
  },
];
