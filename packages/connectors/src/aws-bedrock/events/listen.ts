import type { Listener } from "@leasehold/core/connector";
import type { Signal, SignalOf } from "@leasehold/core/signal";
import {
  awsIdentity,
  cloudTrailEnvelope,
  IDENTITY_PATHS,
  isRefusal,
  ownerIn,
  partitionOf,
  readActor,
  unmasked,
} from "../../../kit/index.ts";
import { AGENT_CALLS, AGENTS, type Detail, Event, HANDS_ON, RUNTIME_CALLS, RUNTIMES } from "./event.ts";

const TYPES = ["AWS API Call via CloudTrail"];

/** Bedrock's calls arrive in the Region of the agent. */
export const listener: Listener<Event> = {
  patterns: {
    "agent-deployed": [
      {
        source: ["aws.bedrock"],
        "detail-type": TYPES,
        detail: { eventSource: [AGENTS], eventName: [...AGENT_CALLS] },
      },
      {
        source: ["aws.bedrock-agentcore", "aws.bedrock-agentcore-control"],
        "detail-type": TYPES,
        detail: { eventSource: [...RUNTIMES], eventName: [...RUNTIME_CALLS] },
      },
    ],
  },
  event: Event,
  emits: ["identity.created", "identity.deleted", "access.refused"],
  handsOn: ["$.id", "$.source", "$.detail-type", "$.account", ...HANDS_ON, ...IDENTITY_PATHS],
  normalise,
  envelope: (record) => cloudTrailEnvelope(record, ["bedrock", "bedrock-agentcore", "bedrock-agentcore-control"]),
};

type Said = Pick<SignalOf<"identity.created">, "source" | "tenant" | "by">;

function normalise({ account, detail }: Event): readonly Signal[] {
  const said: Said = {
    source: { connector: "aws-bedrock", eventId: detail.eventID, occurredAt: detail.eventTime },
    tenant: account,
    by: readActor(detail.userIdentity, detail.sessionCredentialFromConsole),
  };
  const errorCode = unmasked(detail.errorCode);
  if (errorCode !== undefined && isRefusal(errorCode))
    return [{ kind: "access.refused", ...said, action: actionOf(detail), resource: arnOf(account, detail) ?? "*" }];
  if (errorCode !== undefined || unmasked(detail.errorMessage) !== undefined) return []; // nothing happened
  return change(said, detail);
}

/** Whoever changes an agent did not make it; of that nothing is said until there is a word for it. */
function change(said: Said, detail: Detail): readonly Signal[] {
  const arn = arnOf(said.tenant, detail);
  if (arn === undefined) return [];
  const identity = awsIdentity(arn);
  switch (detail.eventName) {
    case "CreateAgent":
    case "CreateAgentRuntime":
      return [{ kind: "identity.created", ...said, identity, ...declared(detail) }];
    case "DeleteAgent":
      return [{ kind: "identity.deleted", ...said, identity }];
    case "DeleteAgentRuntime":
      return isOneVersion(detail) ? [] : [{ kind: "identity.deleted", ...said, identity }];
    case "UpdateAgent":
    case "UpdateAgentRuntime":
    case "CreateAgentAlias":
    case "PrepareAgent":
      return [];
  }
}

/** The role that it acts by, and whom its tags name: words of whoever wrote the request. */
function declared({ requestParameters: asked, responseElements: given }: Detail) {
  const role =
    unmasked(given?.agent?.agentResourceRoleArn) ?? unmasked(asked?.agentResourceRoleArn) ?? unmasked(asked?.roleArn);
  const owner = typeof asked?.tags === "object" && asked.tags !== null ? ownerIn(asked.tags) : undefined;
  return { ...(role !== undefined && { role }), ...(owner !== undefined && { owner }) };
}

/** Of a runtime one version can be deleted, and the others stay. */
const isOneVersion = ({ requestParameters: asked }: Detail): boolean =>
  unmasked(asked?.agentRuntimeVersion) !== undefined || unmasked(asked?.version) !== undefined;

/** The answer to a deletion names the id alone, and a refusal what was asked: the rest of the ARN is known. */
function arnOf(account: string, detail: Detail): string | undefined {
  const { responseElements: given, requestParameters: asked, awsRegion, userIdentity } = detail;
  const told = unmasked(given?.agent?.agentArn) ?? unmasked(given?.agentRuntimeArn);
  if (told !== undefined) return told;
  const [agent, runtime] = [unmasked(asked?.agentId), unmasked(asked?.agentRuntimeId)];
  const region = unmasked(awsRegion);
  const place = (service: string) => `arn:${partitionOf(userIdentity.arn)}:${service}:${region}:${account}`;
  if (region === undefined) return undefined;
  if (agent !== undefined) return `${place("bedrock")}:agent/${agent}`;
  return runtime === undefined ? undefined : `${place("bedrock-agentcore")}:runtime/${runtime}`;
}

const actionOf = ({ eventSource, eventName }: Detail): string =>
  `${eventSource === AGENTS ? "bedrock" : "bedrock-agentcore"}:${eventName}`;
