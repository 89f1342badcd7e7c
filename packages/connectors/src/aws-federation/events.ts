import type { Listener } from "@leasehold/core/connector";
import type { Signal } from "@leasehold/core/signal";
import {
  awsCredential,
  awsIdentity,
  cloudTrailEnvelope,
  isRefusal,
  ROUTED,
  readActor,
  refusedBy,
  unmasked,
} from "../../kit/index.ts";
import { ANCHOR_CALLS, ANYWHERE, type Detail, Event, IAM, IAM_CALLS } from "./event.ts";

const TYPES = ["AWS API Call via CloudTrail"];

/** IAM's calls arrive in us-east-1 only, those about a trust anchor in its Region. */
export const listener: Listener<Event> = {
  event: Event,
  emits: [
    ...(["credential.issued", "credential.disabled", "credential.restored", "credential.deleted"] as const),
    ...(["identity.changed", "access.refused"] as const),
  ],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {
          "credential-issued": [
            {
              source: ["aws.iam"],
              "detail-type": TYPES,
              detail: { eventSource: [IAM], eventName: [...IAM_CALLS] },
            },
            {
              source: ["aws.rolesanywhere"],
              "detail-type": TYPES,
              detail: { eventSource: [ANYWHERE], eventName: [...ANCHOR_CALLS] },
            },
          ],
        },
        envelope: (record) => cloudTrailEnvelope(record, ["iam", "rolesanywhere"]),
      }),
};

function normalise({ account, detail }: Event): readonly Signal[] {
  const { eventName, eventSource, errorMessage } = detail;
  const said = {
    source: { connector: "aws-federation", eventId: detail.eventID, occurredAt: detail.eventTime },
    tenant: account,
    by: readActor(detail.userIdentity, detail.sessionCredentialFromConsole),
  };
  const arn = arnIn(detail);
  const errorCode = unmasked(detail.errorCode);
  if (errorCode !== undefined && isRefusal(errorCode)) {
    const policy = refusedBy(errorMessage ?? undefined);
    const action = `${eventSource.replace(".amazonaws.com", "")}:${eventName}`;
    return [{ kind: "access.refused", ...said, action, resource: arn ?? "*", ...(policy && { policy }) }];
  }
  if (errorCode !== undefined || unmasked(errorMessage) !== undefined || arn === undefined) return []; // nothing happened, or to what is hidden
  const [credential, identity, type] = [awsCredential(arn), awsIdentity(arn), typeOf(eventName)];
  switch (eventName) {
    case "CreateSAMLProvider":
    case "CreateOpenIDConnectProvider":
    case "CreateTrustAnchor":
      if (isMadeOff(detail)) return []; // nobody comes in by it yet
      return [{ kind: "credential.issued", ...said, credential, type, identity, handle: { account, arn } }];
    case "DeleteSAMLProvider":
    case "DeleteOpenIDConnectProvider":
    case "DeleteTrustAnchor":
      return [{ kind: "credential.deleted", ...said, credential }];
    case "DisableTrustAnchor":
      return [{ kind: "credential.disabled", ...said, credential }];
    case "EnableTrustAnchor":
      return [{ kind: "credential.restored", ...said, credential }];
    default:
      return [{ kind: "identity.changed", ...said, identity, type }]; // whom it lets in is another from here on; whoever changed it did not make it
  }
}

/** The answer has it, or the request names it. A path of ours made of its name would be a guess. */
function arnIn(detail: Detail): string | undefined {
  if (detail.eventSource === ANYWHERE) return unmasked(detail.responseElements?.trustAnchor?.trustAnchorArn);
  const { requestParameters: asked, responseElements: given } = detail;
  const saml = unmasked(given?.sAMLProviderArn) ?? unmasked(asked?.sAMLProviderArn);
  return saml ?? unmasked(given?.openIDConnectProviderArn) ?? unmasked(asked?.openIDConnectProviderArn);
}

function typeOf(eventName: Detail["eventName"]): string {
  if (eventName.includes("TrustAnchor")) return "trust anchor";
  return eventName.includes("SAML") ? "SAML provider" : "OIDC provider";
}

const isMadeOff = (detail: Detail): boolean =>
  detail.eventSource === ANYWHERE && detail.responseElements?.trustAnchor?.enabled === false;
