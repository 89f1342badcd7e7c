import {
  GetAgentActionGroupCommand,
  GetAgentCommand,
  GetFlowCommand,
  GetKnowledgeBaseCommand,
  ListAgentActionGroupsCommand,
  ListAgentAliasesCommand,
  ListAgentKnowledgeBasesCommand,
  ListAgentsCommand,
  ListFlowsCommand,
  ListKnowledgeBasesCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-bedrock-agent";
import { type Asks, missingIn } from "../../../kit/index.ts";
import { type Api, type Send, sendTo } from "../api.ts";
import { agentArn } from "../handles.ts";

/** Asks for everything that the lister reads, once in each Region, and says what to allow. Nothing is changed and nothing is kept. */
export const check = (api: Api): Promise<readonly string[]> =>
  missingIn(api, (region) => asksOf(sendTo(api, region), agentArn({ ...api, partition: "aws", region }, NOBODY)));

const NOBODY = "LEASEHOLD0"; // AWS judges the right before it looks for the thing, so one that is not there is enough

function asksOf(send: Send, resourceArn: string): Asks {
  const [agentId, knowledgeBaseId, flowIdentifier, actionGroupId] = [NOBODY, NOBODY, NOBODY, NOBODY];
  const agentVersion = "DRAFT";
  return {
    "bedrock:ListAgents": () => send(new ListAgentsCommand({ maxResults: 1 })),
    "bedrock:GetAgent": () => send(new GetAgentCommand({ agentId })),
    "bedrock:ListAgentAliases": () => send(new ListAgentAliasesCommand({ agentId })),
    "bedrock:ListAgentActionGroups": () => send(new ListAgentActionGroupsCommand({ agentId, agentVersion })),
    "bedrock:GetAgentActionGroup": () => send(new GetAgentActionGroupCommand({ agentId, agentVersion, actionGroupId })),
    "bedrock:ListAgentKnowledgeBases": () => send(new ListAgentKnowledgeBasesCommand({ agentId, agentVersion })),
    "bedrock:ListKnowledgeBases": () => send(new ListKnowledgeBasesCommand({ maxResults: 1 })),
    "bedrock:GetKnowledgeBase": () => send(new GetKnowledgeBaseCommand({ knowledgeBaseId })),
    "bedrock:ListFlows": () => send(new ListFlowsCommand({ maxResults: 1 })),
    "bedrock:GetFlow": () => send(new GetFlowCommand({ flowIdentifier })),
    "bedrock:ListTagsForResource": () => send(new ListTagsForResourceCommand({ resourceArn })),
  };
}
