import type { Listener } from "@leasehold/core/connector";
import type { Signal, SignalOf } from "@leasehold/core/signal";
import {
  awsIdentity,
  cloudTrailEnvelope,
  IDENTITY_PATHS,
  isRefusal,
  ROUTED,
  readActor,
  readerIn,
  refusedBy,
  unmasked,
} from "../../../kit/index.ts";
import { credentialOf, handleOf, type Kept } from "../named.ts";
import {
  type Detail,
  Event,
  HANDS_ON,
  PARAMETER_CALLS,
  PARAMETERS,
  SECRET_CALLS,
  SECRET_EVENTS,
  SECRETS,
} from "./event.ts";
import { keptIn } from "./kept.ts";

const CALL = ["AWS API Call via CloudTrail"];

/** Calls on secrets and parameters arrive in their own Region. */
export const listener: Listener<Event> = {
  event: Event,
  emits: [
    ...(["credential.issued", "credential.disabled", "credential.restored", "credential.deleted"] as const),
    ...(["secret.read", "secret.stored", "access.refused"] as const),
  ],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {
          "credential-issued": [
            {
              source: ["aws.secretsmanager"],
              "detail-type": CALL,
              detail: { eventSource: [SECRETS], eventName: [...SECRET_CALLS] },
            },
            {
              source: ["aws.secretsmanager"],
              "detail-type": ["AWS Service Event via CloudTrail"],
              detail: { eventSource: [SECRETS], eventName: [...SECRET_EVENTS] },
            },
            {
              source: ["aws.ssm"],
              "detail-type": CALL,
              detail: { eventSource: [PARAMETERS], eventName: [...PARAMETER_CALLS] },
            },
          ],
        },
        handsOn: ["$.id", "$.source", "$.detail-type", "$.account", ...HANDS_ON, ...IDENTITY_PATHS],
        envelope: (record) => cloudTrailEnvelope(record, ["secretsmanager", "ssm"]),
      }),
};

type Said = Pick<SignalOf<"credential.issued">, "source" | "tenant" | "by">;

function normalise({ account, detail }: Event): readonly Signal[] {
  const said: Said = {
    source: { connector: "aws-secrets", eventId: detail.eventID, occurredAt: detail.eventTime },
    tenant: account,
    by: readActor(detail.userIdentity, detail.sessionCredentialFromConsole),
  };
  const kept = keptIn(account, detail);
  const errorCode = unmasked(detail.errorCode);
  if (errorCode !== undefined && isRefusal(errorCode)) return refused(said, detail, kept);
  if (errorCode !== undefined || unmasked(detail.errorMessage) !== undefined) return []; // nothing happened
  return kept.flatMap((one) => happened(said, detail, one));
}

function refused(said: Said, detail: Detail, kept: readonly Kept[]): readonly Signal[] {
  const policy = refusedBy(detail.errorMessage ?? undefined);
  const action = `${detail.eventSource === SECRETS ? "secretsmanager" : "ssm"}:${detail.eventName}`;
  const asked = unmasked(detail.requestParameters?.secretId);
  const named = asked?.startsWith("arn:") ? [asked] : kept.map(({ arn }) => arn);
  return (named.length === 0 ? ["*"] : named).map((resource) => ({
    ...{ kind: "access.refused", ...said, action, resource },
    ...(policy !== undefined && { policy }),
  }));
}

function happened(said: Said, detail: Detail, kept: Kept): readonly Signal[] {
  const about = { ...said, credential: credentialOf(kept) };
  const reader = readerIn(detail.userIdentity);
  const held = { ...about, ...(reader && { reader }) };
  switch (detail.eventName) {
    case "CreateSecret":
      return [issued(said, kept)];
    case "PutParameter":
      return put(detail, issued(said, kept), { kind: "secret.stored", ...held });
    case "PutSecretValue":
    case "UpdateSecret":
      return isStored(detail) ? [{ kind: "secret.stored", ...held }] : [];
    case "UpdateSecretVersionStage":
    case "RotationSucceeded": // neither who moves a label nor the service that rotates has it in hand
      return isStored(detail) ? [{ kind: "secret.stored", ...about }] : [];
    case "GetSecretValue":
    case "GetParameter":
    case "GetParameters":
      return isRead(detail) ? [{ kind: "secret.read", ...held }] : [];
    case "RestoreSecret":
      return [{ kind: "credential.restored", ...about }];
    case "DeleteSecret":
    case "DeleteParameter":
    case "DeleteParameters":
      return [{ kind: canComeBack(detail) ? "credential.disabled" : "credential.deleted", ...about }];
  }
}

/** A change need not say of which type a parameter is; what says that it is no secret is none. */
function put({ requestParameters: asked, responseElements: given }: Detail, made: Signal, stored: Signal) {
  const type = unmasked(asked?.type);
  if (type !== undefined && type !== "SecureString") return [];
  return [String(given?.version) === "1" ? made : stored];
}

/** Whether it has another value from here on. Without a word of it, what is put becomes the current one. */
function isStored({ eventName, requestParameters: asked, responseElements: given }: Detail): boolean {
  if (eventName === "UpdateSecret") return unmasked(given?.versionId) !== undefined; // of a description alone, no version comes
  if (eventName === "UpdateSecretVersionStage") return asked?.versionStage === CURRENT;
  const stages = asked?.versionStages;
  return !Array.isArray(stages) || stages.length === 0 || stages.includes(CURRENT);
}

/** A parameter that is a secret is read without its value, unless it is asked to be decrypted. */
const isRead = ({ eventName, requestParameters: asked }: Detail): boolean =>
  eventName === "GetSecretValue" || isTrue(asked?.withDecryption);
const canComeBack = ({ eventName, requestParameters: asked }: Detail): boolean =>
  eventName === "DeleteSecret" && !isTrue(asked?.forceDeleteWithoutRecovery);

const CURRENT = "AWSCURRENT";
const isTrue = (one: unknown): boolean => one === true || one === "true";

const issued = (said: Said, kept: Kept): Signal => ({
  ...{ kind: "credential.issued", ...said, credential: credentialOf(kept), type: kept.type },
  ...{ identity: awsIdentity(kept.arn), handle: handleOf(kept) },
});
