import { Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { UserIdentity } from "../../../kit/index.ts";

/** Calls that say, of the account that they name, that it goes, moves, closes, or speaks for the organisation. */
export const CALLS = [
  ...["MoveAccount", "CloseAccount", "RemoveAccountFromOrganization", "LeaveOrganization"],
  ...["RegisterDelegatedAdministrator", "DeregisterDelegatedAdministrator"],
] as const;
/** What the service does by itself, and what came of a call that it took. */
export const SAID = [
  ...["CreateAccountResult", "CloseAccountResult", "AccountJoinedOrganization", "AccountDepartedOrganization"],
] as const;

const Id = z.catch(z.optional(z.string().check(z.regex(/^\d{12}$/))), undefined);
const Word = z.catch(z.optional(z.string().check(z.maxLength(64))), undefined);
const soft = <S extends z.core.$ZodShape>(shape: S) => z.catch(z.nullish(z.object(shape)), undefined);
const Status = soft({ accountId: Id, state: Word });

// Names and addresses of accounts stand beside these: the schema has no field for them.
export const Event = z.object({
  "detail-type": z.enum(["AWS API Call via CloudTrail", "AWS Service Event via CloudTrail"]),
  account: z.string().check(z.maxLength(32)),
  detail: z.object({
    eventID: z.string().check(z.maxLength(128)),
    eventTime: Instant,
    eventSource: z.literal("organizations.amazonaws.com"),
    eventName: z.enum([...CALLS, ...SAID]),
    errorCode: z.optional(z.string()),
    errorMessage: z.optional(z.string()),
    userIdentity: z.nullish(UserIdentity),
    requestParameters: soft({ accountId: Id }),
    serviceEventDetails: soft({
      ...{ createAccountStatus: Status, closeAccountStatus: Status },
      ...{ accountId: Id, memberAccountId: Id }, // of the two events of 2026 no record was seen: under whichever name it stands
    }),
  }),
});
export type Event = z.infer<typeof Event>;
export type Detail = Event["detail"];
