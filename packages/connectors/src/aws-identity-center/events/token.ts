import { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { readActor, UserIdentity, unmasked } from "../../../kit/index.ts";

export const TOKEN_CALL = "CreateToken";

/** The only type of token that there is; where none was given yet there is none. */
export const BEARER = "Bearer";

// Codes and tokens stand beside these, hidden or not: the schema has no field for them.
export const TokenEvent = z.object({
  "detail-type": z.literal("AWS API Call via CloudTrail"),
  account: z.string().check(z.maxLength(32)),
  detail: z.object({
    eventID: z.string().check(z.maxLength(128)),
    eventTime: Instant,
    eventSource: z.literal("sso.amazonaws.com"),
    eventName: z.literal(TOKEN_CALL),
    errorCode: z.optional(z.string()),
    userIdentity: UserIdentity,
    responseElements: z.nullish(z.object({ tokenType: z.nullish(z.string().check(z.maxLength(64))) })),
  }),
});
export type TokenEvent = z.infer<typeof TokenEvent>;

/**
 * Somebody has signed in at a command line or in an application. Until they have, it asks every few seconds and is answered with
 * nothing; what was not given, to somebody whom AWS names, is no session.
 */
export function normaliseToken({ account, detail }: TokenEvent): readonly Signal[] {
  const { eventID, eventTime, errorCode, userIdentity, responseElements } = detail;
  const { session, signIn: _, ...by } = readActor(userIdentity);
  const given = unmasked(errorCode) === undefined && responseElements?.tokenType === BEARER;
  if (!given || session === undefined || by.via !== "on-behalf-of") return [];
  const source = { connector: "aws-identity-center", eventId: eventID, occurredAt: eventTime };
  return [{ kind: "session.issued", source, tenant: account, by, session, how: "sso" }];
}
