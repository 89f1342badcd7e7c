import type { Listener } from "@leasehold/core/connector";
import type { Signal } from "@leasehold/core/signal";
import {
  cloudTrailEnvelope,
  iamRoleArn,
  iamUserArn,
  isRefusal,
  partitionOf,
  ROUTED,
  readActor,
  refusedBy,
  unmasked,
} from "../../../kit/index.ts";
import { changed, issued, passwordSet } from "./credentials.ts";
import { CALLS, type Call, type Detail, Event, type Said } from "./event.ts";
import { attached, ofRole, ofUser } from "./identities.ts";

const pattern = (eventName: readonly Call[]) => ({
  source: ["aws.iam"],
  "detail-type": ["AWS API Call via CloudTrail"],
  detail: { eventSource: ["iam.amazonaws.com"], eventName: [...eventName] },
});
const { attaches, ...made } = CALLS;

/** IAM's calls arrive in us-east-1 only, whatever Region the caller works in. */
export const listener: Listener<Event> = {
  event: Event,
  emits: [
    "identity.created",
    "identity.changed",
    "identity.deleted",
    "identity.seen",
    "identity.exposed",
    "credential.issued",
    "credential.disabled",
    "credential.restored",
    "credential.deleted",
    "secret.stored",
    "access.refused",
  ],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: { "credential-issued": [pattern(Object.values(made).flat())], exposure: [pattern(attaches)] },
        envelope: (record) => cloudTrailEnvelope(record, ["iam"]),
      }),
};

function normalise({ account, detail }: Event): readonly Signal[] {
  const { eventID, eventTime, eventName, errorCode, errorMessage, userIdentity, sessionCredentialFromConsole } = detail;
  const said: Said = {
    source: { connector: "aws-iam", eventId: eventID, occurredAt: eventTime },
    tenant: account,
    by: readActor(userIdentity, sessionCredentialFromConsole),
  };
  if (errorCode !== undefined && isRefusal(errorCode)) {
    const policy = refusedBy(errorMessage);
    const refused = { action: `iam:${eventName}`, resource: refusedOn(account, detail), ...(policy && { policy }) };
    return [{ kind: "access.refused", ...said, ...refused }];
  }
  if (errorCode !== undefined || errorMessage !== undefined) return []; // the caller's mistake: nothing happened
  return READS.find(([calls]) => calls.includes(eventName))?.[1](said, detail) ?? [];
}

type Reads = (said: Said, detail: Detail) => readonly Signal[];
const READS: readonly (readonly [calls: readonly Call[], read: Reads])[] = [
  [CALLS.users, ofUser],
  [CALLS.roles, ofRole],
  [CALLS.issues, issued],
  [CALLS.changes, changed],
  [CALLS.passwords, passwordSet],
  [CALLS.attaches, attached],
];

const TOLD =
  /on resource: (?:(user|role) |arn:aws[a-z-]*:iam::\d+:(user|role)\/(?:[\w+=,.@/-]*\/)?)([\w+=,.@-]{1,128})/;

/** A refused call often keeps its target in the error's text alone: "… on resource: user ada because …". */
function refusedOn(account: string, { requestParameters: asked, errorMessage, userIdentity }: Detail): string {
  const partition = partitionOf(userIdentity.arn);
  const [, short, long, told] = TOLD.exec(errorMessage ?? "") ?? [];
  const roleName = unmasked(asked?.roleName) ?? ((short ?? long) === "role" ? unmasked(told) : undefined);
  if (roleName !== undefined) return iamRoleArn(account, roleName, partition);
  return iamUserArn(account, unmasked(asked?.userName) ?? unmasked(told) ?? "*", partition);
}
