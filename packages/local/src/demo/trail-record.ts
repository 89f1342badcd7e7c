import { createHash } from "node:crypto";
import { cloudTrailEnvelope } from "@leasehold/connectors/kit";
import { digest, type Instant } from "@leasehold/core/kernel";
import { PEOPLE, type Who } from "./people.ts";
import { ACCOUNT, STORE } from "./places.ts";
import { inSeconds } from "./time.ts";

/** A vendor's event id: the same event at the same instant has the same one. */
export function uuidOf(...words: readonly string[]): string {
  const hex = createHash("sha256").update(JSON.stringify(words)).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}

interface Call {
  readonly eventName: string;
  readonly eventSource?: string;
  readonly at: Instant;
  readonly by: object; // userIdentity
  readonly asked: object;
  readonly answered?: object;
  readonly refused?: string; // the error's text
}

/** One call as CloudTrail records it and EventBridge delivers it, whole: also the fields that nothing of ours reads. */
export function trailEvent({ eventName, eventSource = "iam.amazonaws.com", at, by, asked, ...outcome }: Call): unknown {
  const { answered = null, refused } = outcome;
  const eventTime = inSeconds(at);
  const eventID = uuidOf(eventName, eventTime, JSON.stringify([by, asked]));
  const isGlobal = eventSource === "iam.amazonaws.com"; // its calls are recorded in one Region, whatever the caller's
  return cloudTrailEnvelope({
    ...{ eventVersion: "1.11", userIdentity: by, eventTime, eventSource, eventName },
    awsRegion: isGlobal ? "us-east-1" : "eu-west-1",
    ...{ sourceIPAddress: "192.0.2.10", userAgent: "aws-cli/2.30.0" },
    ...(refused !== undefined && { errorCode: "AccessDenied", errorMessage: refused }),
    ...{ requestParameters: asked, responseElements: answered, requestID: uuidOf("request", eventID), eventID },
    ...{ readOnly: false, eventType: "AwsApiCall", managementEvent: true, recipientAccountId: ACCOUNT },
    eventCategory: "Management",
    tlsDetails: {
      tlsVersion: "TLSv1.3",
      cipherSuite: "TLS_AES_128_GCM_SHA256",
      clientProvidedHostHeader: isGlobal ? eventSource : eventSource.replace(".", ".eu-west-1."),
    },
  });
}

const PERMISSION_SET = "AWSReservedSSO_PowerUserAccess_0123456789abcdef";

/** A person's session from Identity Center, with the user id that AWS stamps on it. */
export function inSsoSession(who: Who, at: Instant): object {
  const { email, identityCenter } = PEOPLE[who];
  return {
    ...inRole(PERMISSION_SET, email, at, `aws-reserved/sso.amazonaws.com/eu-west-1/${PERMISSION_SET}`),
    onBehalfOf: {
      userId: identityCenter,
      identityStoreArn: `arn:aws:identitystore::${ACCOUNT}:identitystore/${STORE}`,
    },
  };
}

/** Somebody in a plain role, under a session name of their own choice. */
export function inRole(role: string, session: string, at: Instant, path = role): object {
  const principalId = "AROACKCEVSQ6C2EXAMPLE";
  return {
    type: "AssumedRole",
    principalId: `${principalId}:${session}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`,
    accountId: ACCOUNT,
    accessKeyId: sessionKey(session, at),
    sessionContext: {
      sessionIssuer: {
        ...{ type: "Role", principalId, arn: `arn:aws:iam::${ACCOUNT}:role/${path}` },
        ...{ accountId: ACCOUNT, userName: role },
      },
      attributes: { creationDate: inSeconds(at), mfaAuthenticated: "false" },
    },
  };
}

/** By its own id one user is told from another; one id for all would make one person of them. */
const uniqueId = (userName: string): string =>
  `AIDA${digest(userName)
    .toUpperCase()
    .replace(/[^A-Z2-7]/g, "A")
    .slice(0, 10)}EXAMPLE`;

/** Each session has a key of its own, by which it is known; one key for all would make one person of them. */
const sessionKey = (session: string, at: Instant): string =>
  `ASIA${digest([session, at])
    .toUpperCase()
    .replace(/[^A-Z2-7]/g, "A")
    .slice(0, 9)}EXAMPLE`;

/** An IAM user's own call, signed with one of its keys. */
export const withKey = (userName: string, accessKeyId: string): object => ({
  type: "IAMUser",
  principalId: uniqueId(userName),
  arn: `arn:aws:iam::${ACCOUNT}:user/${userName}`,
  accountId: ACCOUNT,
  accessKeyId,
  userName,
});
