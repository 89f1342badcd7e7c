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
      real("update-agent-alias-pause"),
      real("delete-agent-alias"),
      real("create-agent-action-group"),
      real("create-knowledge-base"),
      real("delete-flow"),
      real("delete-agent"),
      real("create-agent-refused"), // what was refused is told as refused
    ],
    misses: [
      but("create-agent", { source: "aws.bedrock-agentcore" }),
      but("create-agent", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("create-agent", {}, { eventSource: "bedrock-runtime.amazonaws.com" }),
      but("create-agent", {}, { eventName: "ListAgents" }),
      but("create-agent", {}, { eventName: "CreateAgentVersion" }),
      but("create-agent", {}, { eventName: "CreateAgentRuntime" }),
      but("create-flow", {}, { eventName: "CreateFlowVersion" }),
    ],
  },
];
