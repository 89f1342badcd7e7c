import type { Listener } from "@leasehold/core/connector";
import type { Signal, SignalOf } from "@leasehold/core/signal";
import * as z from "zod/mini";
import {
  accountOf,
  cloudTrailEnvelope,
  IDENTITY_PATHS,
  isRefusal,
  isSessionKey,
  keySession,
  ROUTED,
  unmasked,
} from "../../kit/index.ts";
import { callerOf, howOf } from "./caller.ts";
import { CALLS, type Detail, Event as StsEvent } from "./event.ts";
import { BEARER, signedIn, TOKEN_CALL, TokenEvent } from "./token.ts";

const Event = z.union([StsEvent, TokenEvent]);
type Event = z.infer<typeof Event>;

/** These events can carry live tokens, so a rule hands on the paths that the schema of the event reads, and no others. */
const HANDS_ON = /* @__PURE__ */ [
  ...["id", "source", "detail-type", "account"],
  ...["eventID", "eventTime", "eventName", "errorCode", "errorMessage"].map((name) => `detail.${name}`),
  "detail.sessionCredentialFromConsole",
  "detail.userIdentity.identityProvider",
  ...["roleArn", "targetPrincipal", "roleSessionName", "sourceIdentity", "name"].map(
    (name) => `detail.requestParameters.${name}`,
  ),
  ...[
    ...["credentials.accessKeyId", "sourceIdentity", "provider"],
    ...["subjectFromWebIdentityToken", "issuer", "subject", "tokenType"],
  ].map((name) => `detail.responseElements.${name}`),
].map((path) => `$.${path}`);

/** STS's calls arrive in the Region of the endpoint that was called, Identity Center's in its own. */
export const listener: Listener<Event> = {
  event: Event,
  emits: ["session.issued", "access.refused"],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {
          "credential-issued": [
            {
              source: ["aws.sts"],
              "detail-type": ["AWS API Call via CloudTrail"],
              detail: { eventSource: ["sts.amazonaws.com"], eventName: [...CALLS] },
            },
            {
              source: ["aws.sso"],
              "detail-type": ["AWS API Call via CloudTrail"],
              // Before somebody has signed in the request has a code that is worth something, and the answer nothing.
              detail: {
                ...{ eventSource: ["sso.amazonaws.com"], eventName: [TOKEN_CALL] },
                responseElements: { tokenType: [BEARER] },
              },
            },
          ],
        },
        handsOn: [...HANDS_ON, ...IDENTITY_PATHS],
        envelope: (record) => cloudTrailEnvelope(record, ["sts", "sso"]),
      }),
};

function normalise(event: Event): readonly Signal[] {
  return event.source === "aws.sso" ? signedIn(event) : called(event);
}

function called({ account, detail }: StsEvent): readonly Signal[] {
  const said = {
    source: { connector: "aws-sts", eventId: detail.eventID, occurredAt: detail.eventTime },
    tenant: account,
    by: callerOf(detail),
  };
  const errorCode = unmasked(detail.errorCode);
  if (errorCode !== undefined && isRefusal(errorCode))
    return [
      { kind: "access.refused", ...said, action: `sts:${detail.eventName}`, resource: refusedOn(account, detail) },
    ];
  if (errorCode !== undefined || unmasked(detail.errorMessage) !== undefined) return []; // nothing was issued
  return opened(said, detail);
}

function opened(said: Pick<SignalOf<"session.issued">, "source" | "tenant" | "by">, detail: Detail) {
  const { requestParameters: asked, responseElements: given } = detail;
  const key = unmasked(given?.credentials?.accessKeyId);
  if (key === undefined || !isSessionKey(key)) return []; // what was made unreadable must not become one session that all share
  const told = {
    role: unmasked(asked?.roleArn) ?? unmasked(asked?.targetPrincipal),
    sessionName: unmasked(asked?.roleSessionName) ?? unmasked(asked?.name),
    sourceIdentity: unmasked(given?.sourceIdentity) ?? unmasked(asked?.sourceIdentity),
    provider: unmasked(given?.provider) ?? unmasked(given?.issuer),
    subject: unmasked(given?.subjectFromWebIdentityToken) ?? unmasked(given?.subject),
  };
  const present = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  const session = { id: keySession(key), name: key };
  return [{ kind: "session.issued" as const, ...said, session, how: howOf(detail), ...present }];
}

/** A role that may not be assumed often stands in the error's text alone: "… on resource: arn:aws:iam::…:role/deploy". */
function refusedOn(account: string, { requestParameters, errorMessage, eventName }: Detail): string {
  const role = unmasked(requestParameters?.roleArn) ?? unmasked(requestParameters?.targetPrincipal);
  if (role !== undefined) return role;
  const told = /on resource: (arn:aws[a-z-]*:(?:iam|sts)::\d+:[\w+=,.@/-]{1,512})/.exec(errorMessage ?? "")?.[1];
  if (told !== undefined && accountOf(told) !== undefined) return told;
  const name = unmasked(requestParameters?.name);
  return eventName === "GetFederationToken" && name ? `arn:aws:sts::${account}:federated-user/${name}` : "*";
}
