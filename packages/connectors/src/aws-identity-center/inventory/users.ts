import { ListUsersCommand, type User } from "@aws-sdk/client-identitystore";
import type { Page } from "@leasehold/core/connector";
import { type Instant, instantOf, isTimeZone } from "@leasehold/core/kernel";
import type { Signal, SignalOf } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { askAws, emailAccount, identityCenterAccount, isEmail, oktaAccount } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { standingOf } from "../people.ts";

type SameAs = SignalOf<"account.seen">["sameAs"][number];

const ENTERPRISE = "aws:identitystore:enterprise"; // manager, department, employee number; the only extension there is
const Text = z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(2048))), undefined);
const Enterprise = z.catch(
  z.object({
    employeeNumber: Text,
    department: Text,
    manager: z.catch(z.optional(z.object({ value: Text })), undefined),
  }),
  {},
);

/** One page of the users of the store, with what joins them to their accounts elsewhere. */
export async function pageOfUsers(api: Api, token: string | undefined, now: Instant): Promise<Page> {
  const { Users = [], NextToken } = await askAws("identitystore:ListUsers", () =>
    api.send(
      new ListUsersCommand({
        IdentityStoreId: api.identityStoreId,
        MaxResults: 100,
        Extensions: [ENTERPRISE],
        ...(token !== undefined && { NextToken: token }),
      }),
    ),
  );
  return { signals: Users.flatMap((user) => seen(api, user, now)), next: NextToken, whole: true };
}

/** Dated by the store's own last change where it says so, so that seeing somebody again is not a new fact. */
function seen(api: Api, user: User, now: Instant): readonly Signal[] {
  const { UserId: userId } = user;
  if (userId === undefined) return [];
  const changed = user.UpdatedAt ?? user.CreatedAt;
  const occurredAt = changed ? instantOf(changed.getTime()) : now;
  const { employeeNumber, department, manager } = Enterprise.parse(user.Extensions?.[ENTERPRISE] ?? {});
  const name = nameOf(user);
  const email = emailOf(user);
  return [
    {
      kind: "account.seen",
      source: { connector: "aws-identity-center", eventId: `list:${userId}:${occurredAt}`, occurredAt },
      tenant: api.account,
      account: identityCenterAccount(api.identityStoreId, userId),
      handle: { account: api.account, identityStoreId: api.identityStoreId, userId },
      standing: standingOf(user),
      ...(name && { name }),
      ...(email && { email }),
      ...(employeeNumber && { employeeNumber }),
      ...(user.Timezone !== undefined && isTimeZone(user.Timezone) && { timeZone: user.Timezone }),
      ...(manager?.value && { manager: identityCenterAccount(api.identityStoreId, manager.value) }),
      ...(department && { team: department }),
      sameAs: sameAs(user, email),
    },
  ];
}

const nameOf = ({ DisplayName, UserName }: User) => (DisplayName || UserName)?.slice(0, 2048);

function emailOf({ Emails = [] }: User): string | undefined {
  const one = Emails.find(({ Primary }) => Primary) ?? Emails[0];
  return one?.Value !== undefined && isEmail(one.Value) ? one.Value : undefined;
}

const OKTA = /^https:\/\/([a-z0-9-]+)[.](?:okta|oktapreview|okta-emea|okta-gov)[.]com(?:\/|$)/;

/** The identity provider's own id is worth most: an address may be given to somebody else one day. */
function sameAs({ ExternalIds = [] }: User, email: string | undefined): SameAs[] {
  const okta = ExternalIds.flatMap(({ Issuer, Id }): SameAs[] => {
    const org = OKTA.exec(Issuer ?? "")?.[1];
    return org && Id ? [{ account: oktaAccount(org, Id), how: "external-id" }] : [];
  });
  return [...okta.slice(0, 15), ...(email ? [{ account: emailAccount(email), how: "email" as const }] : [])];
}
