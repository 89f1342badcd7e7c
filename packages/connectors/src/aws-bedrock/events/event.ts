import { Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { UserIdentity } from "../../../kit/index.ts";

/** An agent that Bedrock runs itself, and the calls that make, change or end it. */
export const AGENT_CALLS = ["CreateAgent", "UpdateAgent", "DeleteAgent", "CreateAgentAlias", "PrepareAgent"] as const;
/** An agent of one's own that AgentCore runs. */
export const RUNTIME_CALLS = ["CreateAgentRuntime", "UpdateAgentRuntime", "DeleteAgentRuntime"] as const;

export const AGENTS = "bedrock.amazonaws.com";
export const RUNTIMES = ["bedrock-agentcore.amazonaws.com", "bedrock-agentcore-control.amazonaws.com"] as const;

const Text = z.nullish(z.string().check(z.maxLength(2048)));

// Only the fields we use. A runtime's variables and an agent's instruction stand beside them: this schema has no field for either.
export const Event = z.object({
  account: z.string().check(z.maxLength(32)),
  detail: z.object({
    eventID: z.string().check(z.maxLength(128)),
    eventTime: Instant,
    eventSource: z.enum([AGENTS, ...RUNTIMES]),
    eventName: z.enum([...AGENT_CALLS, ...RUNTIME_CALLS]),
    awsRegion: Text,
    errorCode: Text,
    errorMessage: Text,
    sessionCredentialFromConsole: Text,
    userIdentity: UserIdentity,
    requestParameters: z.nullish(
      z.partial(
        z.object({
          ...{ agentId: Text, agentResourceRoleArn: Text },
          ...{ agentRuntimeId: Text, agentRuntimeVersion: Text, version: Text, roleArn: Text },
          tags: z.union([z.record(z.string(), z.nullish(z.string())), Text]), // nothing where a rule handed on nothing
        }),
      ),
    ),
    responseElements: z.nullish(
      z.object({
        agent: z.nullish(z.object({ agentArn: Text, agentResourceRoleArn: Text })),
        agentRuntimeArn: Text,
      }),
    ),
  }),
});
export type Event = z.infer<typeof Event>;
export type Detail = Event["detail"];

/** A request holds what its maker wrote into it, secrets in variables among them: a rule hands on these paths, and no others. */
export const HANDS_ON = [
  ...["eventID", "eventTime", "eventSource", "eventName", "awsRegion", "errorCode", "errorMessage"],
  "sessionCredentialFromConsole",
  ...["agentId", "agentResourceRoleArn", "agentRuntimeId", "agentRuntimeVersion", "version", "roleArn", "tags"].map(
    (name) => `requestParameters.${name}`,
  ),
  ...["agent.agentArn", "agent.agentResourceRoleArn", "agentRuntimeArn"].map((name) => `responseElements.${name}`),
].map((path) => `$.detail.${path}`);
