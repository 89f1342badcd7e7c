import {
  type AgentAliasSummary,
  type AgentSummary,
  GetAgentActionGroupCommand,
  GetAgentCommand,
  ListAgentActionGroupsCommand,
  ListAgentAliasesCommand,
  ListAgentKnowledgeBasesCommand,
  ListAgentsCommand,
} from "@aws-sdk/client-bedrock-agent";
import { instantOf } from "@leasehold/core/kernel";
import type { Identity, Signal } from "@leasehold/core/signal";
import {
  askAws,
  awsCredential,
  awsIdentity,
  fewAtOnce,
  lookAt,
  lookAtAll,
  partitionOf,
  type RegionalList,
} from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { ALIAS, aliasArn, aliasHandle, baseArn, groupName } from "../handles.ts";
import { type Look, newLook, ofAccount, seenBy, seenIdentity, tagsOf } from "./look.ts";

const AGENTS_A_PAGE = 100;
const agentVersion = "DRAFT"; // action groups and knowledge bases are attached to the draft; a version is a copy of it

export const agents: RegionalList<Api> = {
  name: "agents",
  page: async (api, region, nextToken, now) => {
    const look = newLook(api, region, now);
    const listed = await askAws("bedrock:ListAgents", () =>
      look.send(new ListAgentsCommand({ maxResults: AGENTS_A_PAGE, ...(nextToken && { nextToken }) })),
    );
    const found = await fewAtOnce(listed.agentSummaries ?? [], (agent) => seenAgent(look, agent));
    return { signals: found.flat(), next: listed.nextToken, whole: look.whole };
  },
};

/** Of what it is told to do nothing is read: the answer has its instruction, and we take its ARN, its role and its dates. */
async function seenAgent(look: Look, { agentId }: AgentSummary): Promise<readonly Signal[]> {
  const found = await lookAt(look, "bedrock:GetAgent", () => look.send(new GetAgentCommand({ agentId })));
  const agent = found?.agent;
  if (agentId === undefined || agent?.agentArn === undefined) return [];
  const arn = ofAccount(look.api, agent.agentArn);
  const place = { partition: partitionOf(arn), region: look.region, account: look.api.account };
  const { owner, tags } = await tagsOf(look, arn);
  const bases = await lookAtAll(look, "bedrock:ListAgentKnowledgeBases", (nextToken) =>
    look.send(new ListAgentKnowledgeBasesCommand({ agentId, agentVersion, ...(nextToken && { nextToken }) })),
  );
  const uses = bases
    .flatMap((page) => page.agentKnowledgeBaseSummaries ?? [])
    .flatMap(({ knowledgeBaseId: id }) => (id === undefined ? [] : [awsIdentity(baseArn(place, id)).id]));
  const { agentResourceRoleArn: role, createdAt } = agent;
  const identity = awsIdentity(arn);
  const aliases = await aliasesOf(look, agentId);
  return [
    seenIdentity(look, { arn, type: "agent", ...(role && { role }), ...(owner && { owner }), uses, createdAt }),
    ...(await groupsOf(look, agentId, identity)),
    ...aliases.flatMap(({ agentAliasId: id, ...alias }): Signal[] => {
      if (id === undefined) return [];
      const named = aliasArn(place, agentId, id);
      const handle = aliasHandle(place, agentId, id);
      return [{ ...seenAlias(look, named, alias), identity, handle, ...(owner && { owner }), ...(tags && { tags }) }];
    }),
  ];
}

async function aliasesOf(look: Look, agentId: string): Promise<readonly AgentAliasSummary[]> {
  const pages = await lookAtAll(look, "bedrock:ListAgentAliases", (nextToken) =>
    look.send(new ListAgentAliasesCommand({ agentId, ...(nextToken && { nextToken }) })),
  );
  return pages.flatMap((page) => page.agentAliasSummaries ?? []);
}

/** One that was made before there was a pause says nothing of it, and accepts. */
const seenAlias = ({ api, now }: Look, arn: string, alias: Omit<AgentAliasSummary, "agentAliasId">) => ({
  kind: "credential.seen" as const,
  ...seenBy(api, arn, now),
  ...{ credential: awsCredential(arn), type: ALIAS, reach: "unknown" as const },
  state: alias.aliasInvocationState === "REJECT_INVOCATIONS" ? ("off" as const) : ("on" as const),
  ...(alias.createdAt && { createdAt: instantOf(alias.createdAt.getTime()) }),
});

async function groupsOf(look: Look, agentId: string, agent: Identity): Promise<readonly Signal[]> {
  const pages = await lookAtAll(look, "bedrock:ListAgentActionGroups", (nextToken) =>
    look.send(new ListAgentActionGroupsCommand({ agentId, agentVersion, ...(nextToken && { nextToken }) })),
  );
  const ids = pages.flatMap((page) => page.actionGroupSummaries ?? []).map(({ actionGroupId }) => actionGroupId);
  const found = await fewAtOnce(ids, async (actionGroupId) => {
    const { agentActionGroup: group } =
      (await lookAt(look, "bedrock:GetAgentActionGroup", () =>
        look.send(new GetAgentActionGroupCommand({ agentId, agentVersion, actionGroupId })),
      )) ?? {};
    if (group === undefined || actionGroupId === undefined) return [];
    const lambda = group.actionGroupExecutor?.lambda;
    const uses = lambda === undefined ? [] : [awsIdentity(lambda).id];
    const arn = groupName(agent.name, actionGroupId);
    return [seenIdentity(look, { arn, type: "action group", uses, usedBy: agent.id, createdAt: group.createdAt })];
  });
  return found.flat();
}
