import type { Listener } from "@leasehold/core/connector";
import { Instant } from "@leasehold/core/kernel";
import type { Signal, SignalOf } from "@leasehold/core/signal";
import * as z from "zod/mini";
import {
  accessKey,
  cloudTrailEnvelope,
  iamIdentity,
  iamUserArn,
  isRefusal,
  partitionOf,
  readActor,
  UserIdentity,
  unmasked,
} from "../../kit/index.ts";
import { SERVICE_SPECIFIC, serviceHandle } from "./handles.ts";

const CALLS = [
  ...(["CreateUser", "UpdateUser", "DeleteUser", "CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey"] as const),
  ...(["CreateServiceSpecificCredential", "ResetServiceSpecificCredential"] as const),
  ...(["UpdateServiceSpecificCredential", "DeleteServiceSpecificCredential"] as const),
] as const;
const Id = z.optional(z.string().check(z.maxLength(128)));
const Arn = z.optional(z.string().check(z.maxLength(2048)));

// Only the fields we use. CloudTrail's createDate is local text without a zone; eventTime is the truth.
const Event = z.object({
  account: z.string().check(z.maxLength(32)),
  detail: z.object({
    eventID: z.string().check(z.maxLength(128)),
    eventTime: Instant,
    eventSource: z.literal("iam.amazonaws.com"), // other services have calls of the same names
    eventName: z.enum(CALLS),
    errorCode: z.optional(z.string()),
    errorMessage: z.optional(z.string()),
    userIdentity: UserIdentity,
    sessionCredentialFromConsole: z.nullish(z.string().check(z.maxLength(16))),
    requestParameters: z.nullish(
      z.object({
        userName: Id,
        newUserName: Id,
        accessKeyId: Id,
        serviceSpecificCredentialId: Id,
        serviceName: Id,
        status: Id,
      }),
    ),
    responseElements: z.nullish(
      z.object({
        user: z.optional(z.object({ arn: Arn, userName: Id })),
        accessKey: z.optional(z.object({ accessKeyId: Id, userName: Id })),
        serviceSpecificCredential: z.optional(
          z.object({ serviceSpecificCredentialId: Id, userName: Id, serviceName: Id, status: Id }),
        ),
      }),
    ),
  }),
});
type Event = z.infer<typeof Event>;
type Detail = Event["detail"];
type Said = Pick<SignalOf<"identity.created">, "source" | "tenant" | "by">;

/** IAM's calls arrive in us-east-1 only, whatever Region the caller works in. */
export const listener: Listener<Event> = {
  patterns: {
    "credential-issued": [
      {
        source: ["aws.iam"],
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: { eventSource: ["iam.amazonaws.com"], eventName: [...CALLS] },
      },
    ],
  },
  event: Event,
  emits: [
    "identity.created",
    "identity.deleted",
    "credential.issued",
    "credential.disabled",
    "credential.restored",
    "credential.deleted",
    "access.refused",
  ],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes" ? {} : { envelope: (record) => cloudTrailEnvelope(record, ["iam"]) }),
};

function normalise({ account, detail }: Event): readonly Signal[] {
  const { eventID, eventTime, eventName, errorCode, errorMessage, userIdentity, sessionCredentialFromConsole } = detail;
  const said: Said = {
    source: { connector: "aws-iam", eventId: eventID, occurredAt: eventTime },
    tenant: account,
    by: readActor(userIdentity, sessionCredentialFromConsole),
  };
  if (errorCode !== undefined && isRefusal(errorCode))
    return [{ kind: "access.refused", ...said, action: `iam:${eventName}`, resource: refusedOn(account, detail) }];
  if (errorCode !== undefined || errorMessage !== undefined) return []; // the caller's mistake: nothing happened
  return change(said, detail);
}

function change(said: Said, detail: Detail): readonly Signal[] {
  switch (detail.eventName) {
    case "CreateUser":
    case "DeleteUser":
      return user(said, detail);
    case "UpdateUser":
      return renamed(said, detail);
    case "CreateAccessKey":
      return issued(said, detail);
    case "CreateServiceSpecificCredential":
    case "ResetServiceSpecificCredential":
      return issuedForService(said, detail);
    case "UpdateAccessKey":
    case "DeleteAccessKey":
    case "UpdateServiceSpecificCredential":
    case "DeleteServiceSpecificCredential":
      return changed(said, detail);
  }
}

function user(said: Said, { eventName, requestParameters, responseElements, userIdentity }: Detail) {
  const name = unmasked(responseElements?.user?.userName) ?? unmasked(requestParameters?.userName);
  const arn =
    unmasked(responseElements?.user?.arn) ?? (name && iamUserArn(said.tenant, name, partitionOf(userIdentity.arn)));
  if (!arn) return [];
  const kind = eventName === "CreateUser" ? ("identity.created" as const) : ("identity.deleted" as const);
  return [{ kind, ...said, identity: iamIdentity(arn) }];
}

/** What was known by the one name is known by the other from here on; a new path alone changes nothing that we go by. */
function renamed(said: Said, { requestParameters, userIdentity }: Detail): readonly Signal[] {
  const [from, to] = [unmasked(requestParameters?.userName), unmasked(requestParameters?.newUserName)];
  if (from === undefined || to === undefined || from === to) return [];
  const named = (name: string) => iamIdentity(iamUserArn(said.tenant, name, partitionOf(userIdentity.arn)));
  return [
    { kind: "identity.deleted", ...said, identity: named(from), renamed: true },
    { kind: "identity.created", ...said, identity: named(to), renamed: true },
  ];
}

function issued(said: Said, { requestParameters, responseElements, userIdentity }: Detail): readonly Signal[] {
  const accessKeyId = unmasked(responseElements?.accessKey?.accessKeyId);
  // Whoever makes a key for himself need not name himself.
  const userName =
    unmasked(responseElements?.accessKey?.userName) ?? unmasked(requestParameters?.userName) ?? ownName(userIdentity);
  if (accessKeyId === undefined || userName === undefined) return [];
  return [
    {
      kind: "credential.issued",
      ...said,
      credential: accessKey(accessKeyId),
      type: "access key",
      identity: iamIdentity(iamUserArn(said.tenant, userName, partitionOf(userIdentity.arn))),
      handle: { account: said.tenant, userName, accessKeyId },
    },
  ];
}

/** A reset makes another secret of the same credential, which whoever asked for it now has. */
function issuedForService(said: Said, detail: Detail): readonly Signal[] {
  const { requestParameters: asked, responseElements, userIdentity } = detail;
  const given = responseElements?.serviceSpecificCredential;
  const id = unmasked(given?.serviceSpecificCredentialId) ?? unmasked(asked?.serviceSpecificCredentialId);
  const userName = unmasked(given?.userName) ?? unmasked(asked?.userName) ?? ownName(userIdentity);
  if (id === undefined || userName === undefined || (given?.status ?? "Active") !== "Active") return [];
  const serviceName = unmasked(given?.serviceName) ?? unmasked(asked?.serviceName);
  return [
    {
      kind: "credential.issued",
      ...said,
      credential: accessKey(id),
      type: SERVICE_SPECIFIC,
      identity: iamIdentity(iamUserArn(said.tenant, userName, partitionOf(userIdentity.arn))),
      handle: serviceHandle(said.tenant, userName, id, serviceName),
    },
  ];
}

/** Neither call answers with the credential: its id stands in the request, and nowhere else. */
function changed(said: Said, { eventName, requestParameters }: Detail): readonly Signal[] {
  const id = unmasked(requestParameters?.accessKeyId) ?? unmasked(requestParameters?.serviceSpecificCredentialId);
  if (id === undefined) return [];
  const credential = accessKey(id);
  if (/^Delete/.test(eventName)) return [{ kind: "credential.deleted", ...said, credential }];
  const status = requestParameters?.status;
  if (status === "Active") return [{ kind: "credential.restored", ...said, credential }];
  return status === "Inactive" ? [{ kind: "credential.disabled", ...said, credential }] : [];
}

/** A refused call often keeps its target in the error's text alone: "… on resource: user ada because …". */
function refusedOn(account: string, { requestParameters, errorMessage, userIdentity }: Detail): string {
  const told = /on resource: (?:user |arn:aws[a-z-]*:iam::\d+:user\/(?:[\w+=,.@/-]*\/)?)([\w+=,.@-]{1,128})/;
  const name = unmasked(requestParameters?.userName) ?? unmasked(told.exec(errorMessage ?? "")?.[1]) ?? "*";
  return iamUserArn(account, name, partitionOf(userIdentity.arn));
}

const ownName = ({ type, userName }: UserIdentity) => (type === "IAMUser" ? unmasked(userName) : undefined);
