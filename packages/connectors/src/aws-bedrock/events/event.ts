import { Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { UserIdentity } from "../../../kit/index.ts";

/** The calls that make, change or end what Bedrock runs, or one of its parts. */
export const CALLS = [
  ...["CreateAgent", "UpdateAgent", "DeleteAgent", "PrepareAgent"],
  ...["CreateAgentAlias", "UpdateAgentAlias", "DeleteAgentAlias"],
  ...["CreateAgentActionGroup", "UpdateAgentActionGroup", "DeleteAgentActionGroup"],
  ...["CreateKnowledgeBase", "UpdateKnowledgeBase", "DeleteKnowledgeBase"],
  ...["CreateFlow", "UpdateFlow", "DeleteFlow"],
] as const;

export const BEDROCK = "bedrock.amazonaws.com";

const Text = z.nullish(z.string().check(z.maxLength(2048)));
const some = <S extends z.core.$ZodShape>(shape: S) => z.nullish(z.partial(z.object(shape)));
const Executor = some({ lambda: Text });

const ASKED = {
  ...{ agentId: Text, agentResourceRoleArn: Text },
  ...{ agentAliasId: Text, aliasInvocationState: Text },
  ...{ actionGroupId: Text, actionGroupExecutor: Executor },
  ...{ knowledgeBaseId: Text, roleArn: Text },
  ...{ flowIdentifier: Text, executionRoleArn: Text },
};
const GIVEN = {
  agent: some({ agentArn: Text, agentResourceRoleArn: Text }),
  agentAlias: some({ agentAliasArn: Text, agentAliasId: Text, agentId: Text }),
  agentActionGroup: some({ agentId: Text, actionGroupId: Text, actionGroupExecutor: Executor }),
  knowledgeBase: some({ knowledgeBaseArn: Text, roleArn: Text }),
  ...{ arn: Text, executionRoleArn: Text }, // of a flow
};

// Only the fields we use. Instructions, schemas and the definition of a flow stand beside them: this schema has no field for any.
export const Event = z.object({
  account: z.string().check(z.maxLength(32)),
  detail: z.object({
    eventID: z.string().check(z.maxLength(128)),
    eventTime: Instant,
    eventSource: z.literal(BEDROCK),
    eventName: z.enum(CALLS),
    awsRegion: Text,
    errorCode: Text,
    errorMessage: Text,
    sessionCredentialFromConsole: Text,
    userIdentity: UserIdentity,
    requestParameters: some({
      ...ASKED,
      tags: z.union([z.record(z.string(), z.nullish(z.string())), Text]), // nothing where a rule handed on nothing
    }),
    responseElements: some(GIVEN),
  }),
});
export type Event = z.infer<typeof Event>;
export type Detail = Event["detail"];

/** A request holds what its maker wrote into it, secrets among it: a rule hands on these paths, and no others. */
export const HANDS_ON = /* @__PURE__ */ [
  ...["eventID", "eventTime", "eventSource", "eventName", "awsRegion", "errorCode", "errorMessage"],
  "sessionCredentialFromConsole",
  ...[...Object.keys(ASKED).filter((name) => name !== "actionGroupExecutor"), "actionGroupExecutor.lambda", "tags"].map(
    (name) => `requestParameters.${name}`,
  ),
  ...["agent.agentArn", "agent.agentResourceRoleArn"].map((name) => `responseElements.${name}`),
  ...["agentAliasArn", "agentAliasId", "agentId"].map((name) => `responseElements.agentAlias.${name}`),
  ...["agentId", "actionGroupId", "actionGroupExecutor.lambda"].map(
    (name) => `responseElements.agentActionGroup.${name}`,
  ),
  ...["knowledgeBase.knowledgeBaseArn", "knowledgeBase.roleArn", "arn", "executionRoleArn"].map(
    (name) => `responseElements.${name}`,
  ),
].map((path) => `$.detail.${path}`);
