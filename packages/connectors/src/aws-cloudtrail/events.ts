import type { Listener } from "@leasehold/core/connector";
import { Instant } from "@leasehold/core/kernel";
import type { Actor } from "@leasehold/core/signal";
import type { Use } from "@leasehold/core/usage";
import * as z from "zod/mini";
import {
  cloudTrailEnvelope,
  IDENTITY_PATHS,
  isRefusal,
  ROUTED,
  readActor,
  UserIdentity,
  unmasked,
} from "../../kit/index.ts";
import { CALLED, CALLED_PATHS, calledBy, GATEWAY_CALL } from "./gateway.ts";
import { refusalOf } from "./refusal.ts";

const CALL = "AWS API Call via CloudTrail";
const Text = z.nullish(z.string().check(z.maxLength(2048)));

// Who called what, when, and whether it was refused. What was asked and answered is not read: there is no field for it but the status.
const Event = z.object({
  "detail-type": z.string().check(z.maxLength(128)),
  detail: z.object({
    eventID: z.string().check(z.minLength(1), z.maxLength(128)),
    eventTime: Instant,
    eventSource: z.string().check(z.minLength(1), z.maxLength(128)),
    eventName: z.string().check(z.minLength(1), z.maxLength(256)),
    errorCode: Text,
    errorMessage: z.catch(Text, undefined), // which policy, and to what: nothing else of it is kept
    awsRegion: z.catch(Text, undefined),
    recipientAccountId: z.catch(Text, undefined),
    sessionCredentialFromConsole: Text,
    userIdentity: z.nullish(UserIdentity),
    ...CALLED,
  }),
});
type Event = z.infer<typeof Event>;

/** Any call's answer may hold a secret value, so a rule hands on the paths that the schema reads, and no others. */
const HANDS_ON = /* @__PURE__ */ [
  ...["id", "source", "detail-type", "account"],
  ...[
    "eventID",
    "eventTime",
    "eventSource",
    "eventName",
    "errorCode",
    "errorMessage",
    "awsRegion",
    "recipientAccountId",
  ].map((name) => `detail.${name}`),
  "detail.sessionCredentialFromConsole",
  ...CALLED_PATHS,
].map((path) => `$.${path}`);

/** Calls that carry a credential's id, and a gateway's that carry a token. Without one (a service, a public bucket, another account's) nobody's credential was used. */
export const listener: Listener<Event> = {
  event: Event,
  emits: [],
  normalise: () => [],
  usesOf,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {
          usage: [
            {
              source: [{ prefix: "aws." }],
              "detail-type": [CALL],
              detail: { userIdentity: { accessKeyId: [{ prefix: "A" }] } },
            },
            {
              source: [{ prefix: "aws." }],
              "detail-type": [CALL],
              detail: { userIdentity: { accessKeyId: [{ exists: false }], credentialId: [{ prefix: "ACCA" }] } },
            },
            {
              source: [GATEWAY_CALL.source],
              "detail-type": [CALL],
              detail: {
                eventName: [GATEWAY_CALL.eventName],
                userIdentity: { accessKeyId: [{ exists: false }] },
                additionalEventData: { jwt: { claims: { sub: [{ exists: true }] } } },
              },
            },
          ],
        },
        handsOn: [...HANDS_ON, ...IDENTITY_PATHS],
        envelope: (record) => cloudTrailEnvelope(record),
      }),
};

function usesOf({ "detail-type": type, detail }: Event): readonly Use[] {
  const { userIdentity, eventID, eventTime, eventSource, eventName } = detail;
  if (type !== CALL || !userIdentity) return [];
  const { credential, session, name, via, account } = readActor(userIdentity, detail.sessionCredentialFromConsole);
  const used = session?.id ?? credential;
  const call = {
    service: eventSource.replace(/[.]amazonaws[.]com$/, ""),
    ...{ action: eventName, at: eventTime, eventId: eventID },
  };
  if (used === undefined || (unmasked(userIdentity.accessKeyId) ?? bearerOf(userIdentity)) === undefined) {
    const called = calledBy(detail);
    return called ? [{ ...call, ...called }] : [];
  }
  return [
    {
      ...call,
      credential: used,
      caller: callerOf({ name, via, account }),
      refused: isRefused(unmasked(detail.errorCode)),
      ...(isRefusal(detail.errorCode ?? "") && { refusal: refusalOf(userIdentity, detail) }),
    },
  ];
}

/** A long-term key of one service comes as a bearer token: no access key signed the call, and the id beside it is the key's. */
const bearerOf = ({ credentialId }: UserIdentity) =>
  unmasked(credentialId)?.startsWith("ACCA") ? unmasked(credentialId) : undefined;

/** A person is kept as an account and never by name: what a session of theirs is called is their address. */
function callerOf({ name, via, account }: Pick<Actor, "name" | "via" | "account">): Use["caller"] {
  if (account === undefined) return { name, via };
  return { name: via === "iam-user" ? name : name.replace(/(:assumed-role\/[^/]+)\/.*$/, "$1"), via, account };
}

/** Not allowed, or not even known: who is told so got nothing. Any other error is an answer, and the credential was good for it. */
const isRefused = (errorCode: string | undefined): boolean =>
  errorCode !== undefined && (isRefusal(errorCode) || NOT_KNOWN.test(errorCode));

// What AWS's services call a credential that they do not take (each service's page of common errors).
const NOT_KNOWN =
  /^(Client[.])?(InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient(Exception)?|SignatureDoesNotMatch|AuthFailure|ExpiredToken(Exception)?)$/;
