import type { Listener } from "@leasehold/core/connector";
import type { Signal, SignalOf } from "@leasehold/core/signal";
import {
  awsCredential,
  awsIdentity,
  cloudTrailEnvelope,
  IDENTITY_PATHS,
  isRefusal,
  ownerIn,
  ROUTED,
  readActor,
  unmasked,
  withoutPath,
} from "../../../kit/index.ts";
import { ALIAS, aliasHandle } from "../handles.ts";
import { BEDROCK, CALLS, type Detail, Event, HANDS_ON } from "./event.ts";
import { first, type Named, namedIn } from "./named.ts";

/** Bedrock's calls arrive in the Region of the agent. */
export const listener: Listener<Event> = {
  event: Event,
  emits: [
    ...(["identity.created", "identity.changed", "identity.deleted", "credential.issued"] as const),
    ...(["credential.disabled", "credential.restored", "credential.deleted", "access.refused"] as const),
  ],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {
          "agent-deployed": [
            {
              source: ["aws.bedrock"],
              "detail-type": ["AWS API Call via CloudTrail"],
              detail: { eventSource: [BEDROCK], eventName: [...CALLS] },
            },
          ],
        },
        handsOn: ["$.id", "$.source", "$.detail-type", "$.account", ...HANDS_ON, ...IDENTITY_PATHS],
        envelope: (record) => cloudTrailEnvelope(record, ["bedrock"]),
      }),
};

type Said = Pick<SignalOf<"identity.created">, "source" | "tenant" | "by">;

function normalise({ account, detail }: Event): readonly Signal[] {
  const said: Said = {
    source: { connector: "aws-bedrock", eventId: detail.eventID, occurredAt: detail.eventTime },
    tenant: account,
    by: readActor(detail.userIdentity, detail.sessionCredentialFromConsole),
  };
  const named = namedIn(account, detail);
  const errorCode = unmasked(detail.errorCode);
  if (errorCode !== undefined && isRefusal(errorCode))
    return [{ kind: "access.refused", ...said, action: `bedrock:${detail.eventName}`, resource: resourceOf(named) }];
  if (errorCode !== undefined || unmasked(detail.errorMessage) !== undefined) return []; // nothing happened
  return named === undefined ? [] : told(said, detail, named);
}

/** The part before the whole: what was refused was asked of an alias, a group, or of the agent itself. */
const resourceOf = (named: Named | undefined): string =>
  named?.alias ?? named?.group ?? named?.agent ?? named?.base ?? named?.flow ?? "*";

const VERB = /^(Create|Update|Delete|Prepare)(AgentAlias|AgentActionGroup|Agent|KnowledgeBase|Flow)$/;

function told(said: Said, detail: Detail, named: Named): readonly Signal[] {
  const [, verb = "", of = ""] = VERB.exec(detail.eventName) ?? [];
  if (of === "AgentAlias") return aliasSaid(said, detail, named);
  const arn = { Agent: named.agent, AgentActionGroup: named.group, KnowledgeBase: named.base, Flow: named.flow }[of];
  const type = TYPES[of];
  if (arn === undefined || type === undefined) return [];
  const identity = awsIdentity(arn);
  switch (verb) {
    case "Create":
      return [{ kind: "identity.created", ...said, identity, type, ...acts(detail, named, of), ...ownerOf(detail) }];
    case "Update":
      return [{ kind: "identity.changed", ...said, identity, type, ...acts(detail, named, of) }];
    case "Delete":
      return [{ kind: "identity.deleted", ...said, identity }];
    default:
      return []; // a version is prepared: nothing of it is another than before
  }
}

const TYPES: Readonly<Record<string, string>> = {
  ...{ Agent: "agent", AgentActionGroup: "action group" },
  ...{ KnowledgeBase: "knowledge base", Flow: "flow" },
};

/** By which role it acts, or whose tool it is and what it calls: words of whoever wrote the request. */
function acts({ requestParameters: asked, responseElements: given }: Detail, { agent }: Named, of: string) {
  if (of === "AgentActionGroup") {
    const executor = given?.agentActionGroup?.actionGroupExecutor ?? asked?.actionGroupExecutor;
    const lambda = unmasked(executor?.lambda);
    const usedBy = agent && awsIdentity(agent).id;
    return { ...(lambda !== undefined && { uses: [awsIdentity(lambda).id] }), ...(usedBy && { usedBy }) };
  }
  const role = first(
    ...[given?.agent?.agentResourceRoleArn, given?.knowledgeBase?.roleArn, given?.executionRoleArn],
    ...[asked?.agentResourceRoleArn, asked?.roleArn, asked?.executionRoleArn],
  );
  return role === undefined ? {} : { role: withoutPath(role) };
}

function ownerOf({ requestParameters: asked }: Detail) {
  const owner = typeof asked?.tags === "object" && asked.tags !== null ? ownerIn(asked.tags) : undefined;
  return owner === undefined ? {} : { owner };
}

/** An alias lets callers in to its agent. Of an update that does not say whether it accepts calls, nothing is said. */
function aliasSaid(said: Said, { eventName, requestParameters: asked }: Detail, named: Named): readonly Signal[] {
  const { alias, agent, agentId, aliasId, place } = named;
  if (alias === undefined) return [];
  const credential = awsCredential(alias);
  if (eventName === "DeleteAgentAlias") return [{ kind: "credential.deleted", ...said, credential }];
  if (eventName === "UpdateAgentAlias") {
    const to = asked?.aliasInvocationState ?? "";
    const kind = Object.hasOwn(STATES, to) ? STATES[to] : undefined;
    return kind === undefined ? [] : [{ kind, ...said, credential }];
  }
  if (agent === undefined || agentId === undefined || aliasId === undefined) return [];
  const handle = aliasHandle(place, agentId, aliasId);
  const identity = awsIdentity(agent);
  return [{ kind: "credential.issued", ...said, credential, type: ALIAS, identity, handle }];
}

const STATES: Readonly<Record<string, "credential.disabled" | "credential.restored">> = {
  REJECT_INVOCATIONS: "credential.disabled",
  ACCEPT_INVOCATIONS: "credential.restored",
};
