import { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { identityCenterAccount, isRefusal, readActor, UserIdentity, unmasked } from "../../../kit/index.ts";
import { ASSIGNMENT, assignmentHandle, assignmentId, instanceOf, permissionSetIdentity } from "../handles.ts";
import { Id, type Said, Text } from "./person.ts";

const ASSIGNS = ["CreateAccountAssignment", "DeleteAccountAssignment"] as const;
/** Whoever makes one of these calls changes what everybody may do whom the permission set lets in. */
const CHANGES = [
  ...["UpdatePermissionSet", "PutInlinePolicyToPermissionSet", "DeleteInlinePolicyFromPermissionSet"],
  ...["AttachManagedPolicyToPermissionSet", "DetachManagedPolicyFromPermissionSet"],
  ...["AttachCustomerManagedPolicyReferenceToPermissionSet", "DetachCustomerManagedPolicyReferenceFromPermissionSet"],
  ...["PutPermissionsBoundaryToPermissionSet", "DeletePermissionsBoundaryFromPermissionSet"],
] as const;
/** Who is let into which account, and with which rights. */
export const ACCESS_CALLS = [...ASSIGNS, "CreatePermissionSet", "DeletePermissionSet", ...CHANGES] as const;

const Status = z.object({ status: Id });
const some = <S extends z.core.$ZodShape>(shape: S) => z.nullish(z.partial(z.object(shape)));

// Inline policies stand beside these: the schema has no field for them.
export const AccessEvent = z.object({
  "detail-type": z.literal("AWS API Call via CloudTrail"),
  account: z.string().check(z.maxLength(32)),
  detail: z.object({
    eventID: z.string().check(z.maxLength(128)),
    eventTime: Instant,
    eventSource: z.literal("sso.amazonaws.com"),
    eventName: z.enum(ACCESS_CALLS),
    errorCode: z.optional(z.string()),
    errorMessage: z.optional(z.string()),
    userIdentity: UserIdentity,
    requestParameters: some({ permissionSetArn: Text, principalType: Id, principalId: Id, targetId: Id }),
    responseElements: some({
      permissionSet: some({ permissionSetArn: Text }),
      accountAssignmentCreationStatus: Status,
      accountAssignmentDeletionStatus: Status,
    }),
  }),
});
export type AccessEvent = z.infer<typeof AccessEvent>;
type Detail = AccessEvent["detail"];

export function normaliseAccess({ account, detail }: AccessEvent): readonly Signal[] {
  const { eventID, eventTime, eventName, errorCode, errorMessage, userIdentity, requestParameters } = detail;
  const said: Said = {
    source: { connector: "aws-identity-center", eventId: eventID, occurredAt: eventTime },
    tenant: account,
    by: readActor(userIdentity),
  };
  const set = unmasked(requestParameters?.permissionSetArn) ?? made(detail);
  if (errorCode !== undefined && isRefusal(errorCode))
    return [{ kind: "access.refused", ...said, action: `sso:${eventName}`, resource: set ?? "permission set" }];
  if (errorCode !== undefined || errorMessage !== undefined) return []; // the caller's mistake: nothing happened
  if (set === undefined || instanceOf(set) === undefined) return [];
  if (eventName === "CreateAccountAssignment" || eventName === "DeleteAccountAssignment")
    return assigned(said, set, detail);
  const identity = permissionSetIdentity(set);
  const type = "permission set";
  if (eventName === "CreatePermissionSet") return [{ kind: "identity.created", ...said, identity, type }];
  if (eventName === "DeletePermissionSet") return [{ kind: "identity.deleted", ...said, identity }];
  return [{ kind: "identity.changed", ...said, identity, type }];
}

const made = ({ responseElements }: Detail) => unmasked(responseElements?.permissionSet?.permissionSetArn);

const TAKEN_OFF: readonly string[] = ["DeleteAccountAssignment"];

/** A user's own assignment; a group's is nobody's, and changes whom its permission set lets in. The request was taken: whether it was carried out the next list tells. */
function assigned(said: Said, permissionSet: string, detail: Detail): readonly Signal[] {
  const { principalType, principalId, targetId } = detail.requestParameters ?? {};
  const [userId, target] = [unmasked(principalId), unmasked(targetId)];
  const { accountAssignmentCreationStatus: made, accountAssignmentDeletionStatus: ended } =
    detail.responseElements ?? {};
  const failed = [made, ended].some((one) => one?.status === "FAILED");
  if (failed) return [];
  if (principalType === "GROUP")
    return [
      { kind: "identity.changed", ...said, identity: permissionSetIdentity(permissionSet), type: "permission set" },
    ];
  if (principalType !== "USER" || userId === undefined || target === undefined) return [];
  const one = { permissionSet, target, userId };
  const credential = assignmentId(one);
  if (TAKEN_OFF.includes(detail.eventName)) return [{ kind: "credential.disabled", ...said, credential }];
  const store = storeOf(detail);
  return store === undefined ? [] : [granted(said, one, store)];
}

/**
 * The record names the user and not the store that they are of. Only the one instance of an organisation lets anybody into
 * accounts, so its users are of one store; where whoever assigned is one of them, the record names it. Else the next list tells.
 */
function storeOf({ userIdentity }: Detail): string | undefined {
  return /:identitystore\/([^/]{1,128})$/.exec(unmasked(userIdentity.onBehalfOf?.identityStoreArn) ?? "")?.[1];
}

function granted(said: Said, one: Parameters<typeof assignmentId>[0], store: string): Signal {
  return {
    ...{ kind: "grant.created", ...said, credential: assignmentId(one), type: ASSIGNMENT },
    identity: permissionSetIdentity(one.permissionSet),
    authoriser: identityCenterAccount(store, one.userId),
    ...{ scopes: [], reach: "unknown", listed: "while on" },
    handle: assignmentHandle(said.tenant, store, one),
  };
}
