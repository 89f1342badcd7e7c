import { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { readActor, UserIdentity, unmasked } from "../../kit/index.ts";

export const TOKEN_CALL = "CreateToken";

/** The only type of token that there is; where none was given yet there is none. */
export const BEARER = "Bearer";

const Text = z.nullish(z.string().check(z.maxLength(2048)));

// Codes and tokens stand beside these, hidden or not: the schema has no field for them.
export const TokenEvent = z.object({
  source: z.literal("aws.sso"),
  account: z.string().check(z.maxLength(32)),
  detail: z.object({
    eventID: z.string().check(z.maxLength(128)),
    eventTime: Instant,
    eventName: z.literal(TOKEN_CALL),
    errorCode: Text,
    errorMessage: Text,
    userIdentity: UserIdentity,
    responseElements: z.nullish(z.object({ tokenType: Text })),
  }),
});
export type TokenEvent = z.infer<typeof TokenEvent>;

/**
 * Somebody has signed in to Identity Center at a command line or in an application. Until they have, it asks every few seconds and is
 * answered with nothing; what was not given, or to nobody whom AWS names, is no session.
 */
export function signedIn({ account, detail }: TokenEvent): readonly Signal[] {
  const { eventID, eventTime, errorCode, errorMessage, userIdentity, responseElements } = detail;
  const { session, signIn: _, ...by } = readActor(userIdentity);
  const failed = unmasked(errorCode) !== undefined || unmasked(errorMessage) !== undefined;
  const given = !failed && responseElements?.tokenType === BEARER;
  if (!given || session === undefined || by.via !== "on-behalf-of") return [];
  const source = { connector: "aws-sts", eventId: eventID, occurredAt: eventTime };
  return [{ kind: "session.issued", source, tenant: account, by, session, how: "sso" }];
}
