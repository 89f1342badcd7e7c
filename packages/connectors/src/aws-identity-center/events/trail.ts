import { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { isRefusal, readActor, UserIdentity, unmasked } from "../../../kit/index.ts";
import { Id, isAttribute, person, type Said, type What } from "./person.ts";

/** The API's calls, and the console's own, which say the same about the same people. */
export const CALLS = [
  ...["CreateUser", "UpdateUser", "DeleteUser", "DisableUser", "EnableUser"],
  ...["CreateGroupMembership", "AddMemberToGroup", "RemoveMemberFromGroup"],
] as const;

const PEOPLE: readonly string[] = ["CreateUser", "UpdateUser", "DeleteUser", "DisableUser", "EnableUser"];

const Operation = z.object({
  attributePath: z.string().check(z.maxLength(128)),
  attributeValue: z.optional(z.unknown()),
});
const KINDS = {
  CreateUser: "joined",
  UpdateUser: "moved",
  DeleteUser: "left",
  DisableUser: "held",
  EnableUser: "reinstated",
  CreateGroupMembership: "moved",
  AddMemberToGroup: "moved",
  RemoveMemberFromGroup: "moved",
} as const satisfies Record<(typeof CALLS)[number], What>;

// Values are hidden, each in its own way: as text, as an empty object, or the whole list as one word. Only names are read.
export const TrailEvent = z.object({
  "detail-type": z.literal("AWS API Call via CloudTrail"),
  account: z.string().check(z.maxLength(32)),
  detail: z.object({
    eventID: z.string().check(z.maxLength(128)),
    eventTime: Instant,
    eventSource: z.enum(["identitystore.amazonaws.com", "sso-directory.amazonaws.com"]),
    eventName: z.enum(CALLS),
    errorCode: z.optional(z.string()),
    errorMessage: z.optional(z.string()),
    userIdentity: UserIdentity,
    requestParameters: z.nullish(
      z.object({
        identityStoreId: Id,
        userId: Id,
        memberId: z.catch(z.optional(z.object({ userId: Id })), undefined), // the API's word of a membership
        member: z.catch(z.optional(z.object({ memberId: Id })), undefined), // the console's
        active: z.catch(z.optional(z.boolean()), undefined),
        operations: z.catch(z.optional(z.array(Operation).check(z.maxLength(256))), undefined),
        userAttributes: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
      }),
    ),
    responseElements: z.nullish(
      z.object({
        identityStoreId: Id,
        userId: Id,
        user: z.optional(z.object({ userId: Id })),
      }),
    ),
  }),
});
export type TrailEvent = z.infer<typeof TrailEvent>;
type Detail = TrailEvent["detail"];

export function normaliseTrail({ account, detail }: TrailEvent): readonly Signal[] {
  const { eventID, eventTime, errorCode, errorMessage, userIdentity } = detail;
  const said: Said = {
    source: { connector: "aws-identity-center", eventId: eventID, occurredAt: eventTime },
    tenant: account,
    by: readActor(userIdentity),
  };
  const { storeId, userId } = whom(detail);
  if (errorCode !== undefined && isRefusal(errorCode)) return [refused(said, detail, userId)];
  if (errorCode !== undefined || errorMessage !== undefined) return []; // the caller's mistake: nothing happened
  if (storeId === undefined || userId === undefined) return [];
  return [person(said, storeId, userId, whatOf(detail), changedOf(detail))];
}

function whom({ requestParameters, responseElements }: Detail) {
  return {
    storeId: unmasked(requestParameters?.identityStoreId) ?? unmasked(responseElements?.identityStoreId),
    userId:
      unmasked(requestParameters?.userId) ??
      unmasked(requestParameters?.memberId?.userId) ??
      unmasked(requestParameters?.member?.memberId) ??
      unmasked(responseElements?.userId) ??
      unmasked(responseElements?.user?.userId),
  };
}

function refused(said: Said, { eventSource, eventName }: Detail, userId = "*"): Signal {
  const service = eventSource.replace(".amazonaws.com", "");
  return { kind: "access.refused", ...said, action: `${service}:${eventName}`, resource: `user/${userId}` };
}

/** An update that itself says that it switches somebody off is one; that it switches on proves nothing was off. */
function whatOf({ eventName, requestParameters }: Detail): What {
  if (eventName !== "UpdateUser") return KINDS[eventName];
  const off = requestParameters?.operations?.some(
    ({ attributePath, attributeValue }) => attributePath === "userStatus" && attributeValue === "DISABLED",
  );
  return off || requestParameters?.active === false ? "held" : "moved";
}

/** Which group it is says nothing of whom somebody answers to: that they are in others now is all that is kept. */
function changedOf({ eventName, requestParameters }: Detail): readonly string[] {
  if (!PEOPLE.includes(eventName)) return ["groups"];
  const paths = requestParameters?.operations?.map(({ attributePath }) => attributePath) ?? [];
  return [...paths, ...Object.keys(requestParameters?.userAttributes ?? {})].filter(isAttribute);
}
