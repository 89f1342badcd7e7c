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
import { PROVIDERS, providerHandle } from "../named.ts";
import { CALLS, CORE, type Detail, Event, HANDS_ON, REGISTRY, REGISTRY_CALLS } from "./event.ts";
import { type Named, namedIn } from "./named.ts";

const TYPES = ["AWS API Call via CloudTrail"];
const SERVICES = ["bedrock-agentcore", "bedrock-agentcore-control", "agent-registry"];

/** AgentCore's calls arrive in the Region of what they are about, under either of its names. */
export const listener: Listener<Event> = {
  event: Event,
  emits: [
    ...(["identity.created", "identity.changed", "identity.deleted"] as const),
    ...(["credential.issued", "credential.deleted", "access.refused"] as const),
  ],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {
          "agent-deployed": [
            {
              source: ["aws.bedrock-agentcore", "aws.bedrock-agentcore-control"],
              "detail-type": TYPES,
              detail: { eventSource: [...CORE], eventName: [...CALLS, ...REGISTRY_CALLS] },
            },
            {
              source: ["aws.agent-registry"],
              "detail-type": TYPES,
              detail: { eventSource: [REGISTRY], eventName: [...REGISTRY_CALLS] },
            },
          ],
        },
        handsOn: ["$.id", "$.source", "$.detail-type", "$.account", ...HANDS_ON, ...IDENTITY_PATHS],
        envelope: (record) => cloudTrailEnvelope(record, SERVICES),
      }),
};

type Said = Pick<SignalOf<"identity.created">, "source" | "tenant" | "by">;

function normalise({ account, detail }: Event): readonly Signal[] {
  const said: Said = {
    source: { connector: "aws-agentcore", eventId: detail.eventID, occurredAt: detail.eventTime },
    tenant: account,
    by: readActor(detail.userIdentity, detail.sessionCredentialFromConsole),
  };
  const named = namedIn(account, detail);
  const errorCode = unmasked(detail.errorCode);
  if (errorCode !== undefined && isRefusal(errorCode))
    return [{ kind: "access.refused", ...said, action: actionOf(detail), resource: named?.arn ?? "*" }];
  if (errorCode !== undefined || unmasked(detail.errorMessage) !== undefined) return []; // nothing happened
  if (named === undefined) return [];
  return named.provider === undefined ? identitySaid(said, detail, named) : providerSaid(said, named, named.provider);
}

/** Under either name of AgentCore the right that was missing is called the same. */
const actionOf = ({ eventSource, eventName }: Detail): string =>
  `${eventSource === REGISTRY ? "agent-registry" : "bedrock-agentcore"}:${eventName}`;

function identitySaid(said: Said, detail: Detail, { verb, type, arn, gateway }: Named): readonly Signal[] {
  const identity = awsIdentity(arn);
  switch (verb) {
    case "Create":
      return [
        { kind: "identity.created", ...said, identity, type, ...acts(detail, type, gateway), ...ownerOf(detail) },
      ];
    case "Update":
      return [{ kind: "identity.changed", ...said, identity, type, ...acts(detail, type, gateway) }];
    case "Delete":
      return isOneVersion(detail) ? [] : [{ kind: "identity.deleted", ...said, identity }];
  }
}

/** By which role it acts, how it asks whoever calls it, what it calls: words of whoever wrote the request. */
function acts({ requestParameters: asked, responseElements: given }: Detail, type: string, gateway?: string) {
  const role = unmasked(given?.roleArn) ?? unmasked(asked?.roleArn);
  const authorizer = unmasked(given?.authorizerType) ?? unmasked(asked?.authorizerType);
  const uses = [given?.workloadIdentityDetails?.workloadIdentityArn, asked?.targetConfiguration?.mcp?.lambda?.lambdaArn]
    .map(unmasked)
    .flatMap((arn) => (arn === undefined ? [] : [awsIdentity(arn).id]));
  const ofTarget = type === "gateway target" && gateway !== undefined;
  return {
    ...(role !== undefined && { role: withoutPath(role) }),
    ...(authorizer !== undefined && { authorizer }),
    ...(uses.length > 0 && { uses }),
    ...(ofTarget && { usedBy: awsIdentity(gateway).id }),
  };
}

function ownerOf({ requestParameters: asked }: Detail) {
  const owner = typeof asked?.tags === "object" && asked.tags !== null ? ownerIn(asked.tags) : undefined;
  return owner === undefined ? {} : { owner };
}

/** Of a runtime one version can be deleted, and the others stay. */
const isOneVersion = ({ requestParameters: asked }: Detail): boolean =>
  unmasked(asked?.agentRuntimeVersion) !== undefined || unmasked(asked?.version) !== undefined;

/** An update is another secret of the same credential: whoever asked for it has it, and stands beside whoever made it. */
function providerSaid(said: Said, { verb, arn, place }: Named, provider: NonNullable<Named["provider"]>) {
  const credential = awsCredential(arn);
  if (verb === "Delete") return [{ kind: "credential.deleted" as const, ...said, credential }];
  const handle = providerHandle(place, provider.name);
  const type = PROVIDERS[provider.of];
  return [{ kind: "credential.issued" as const, ...said, credential, type, identity: awsIdentity(arn), handle }];
}
