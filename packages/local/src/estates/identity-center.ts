import type { Dice } from "./dice.ts";
import type { Human } from "./model.ts";
import { lifeAt } from "./people.ts";
import { ACCOUNT, iso, LOGS_BEGIN, ORG, STORE } from "./places.ts";
import { trailRecord } from "./trail.ts";

/** As `aws identitystore list-users` lists those who are there: who has left was deleted by the provisioning. */
export const centreUsers = (all: readonly Human[]): readonly object[] =>
  all.flatMap((human) =>
    human.identityCenter
      .filter(({ until }) => until === undefined)
      .map(({ id, from }) => centreUser(human, id, from, all)),
  );

function centreUser(human: Human, UserId: string, from: number, all: readonly Human[]): object {
  const { first, last, address, number, department, moves, manager } = human;
  const okta = lifeAt(human.okta, from)?.id;
  const boss = all.find((one) => one.number === manager)?.identityCenter.at(-1)?.id;
  return {
    ...{ UserName: address, UserId, DisplayName: `${first} ${last}`, IdentityStoreId: STORE },
    Name: { GivenName: first, FamilyName: last },
    Emails: [{ Value: address, Type: "work", Primary: true }],
    ...(okta && human.sendsId && { ExternalIds: [{ Issuer: `https://${ORG}.okta.com`, Id: okta }] }),
    ...{ UserStatus: "ENABLED", CreatedAt: iso(from), UpdatedAt: iso(moves?.at ?? from) },
    Extensions: {
      "aws:identitystore:enterprise": {
        ...{ employeeNumber: number, department: moves?.to ?? department },
        ...(boss && { manager: { value: boss } }),
      },
    },
  };
}

/** Provisioning by SCIM, as CloudTrail records it: no name of the caller, and the user's own attributes hidden. */
export function provisioned(human: Human, seed: Dice): readonly { readonly at: number; readonly record: object }[] {
  const from = seed.fork("centre life", human.number);
  const by = { type: "Unknown", accountId: ACCOUNT, accessKeyId: "" };
  const call = (name: string, at: number, asked: object, answered: object | null) => ({
    at,
    record: trailRecord(
      { source: "identitystore", name, at, by, asked, answered, agent: "Okta SCIM Client 1.0.0" },
      from,
    ),
  });
  return human.identityCenter
    .flatMap(({ id, from: at, until }) => [
      call(
        "CreateUser",
        at + 120_000,
        { identityStoreId: STORE, userName: HIDDEN },
        { userId: id, identityStoreId: STORE },
      ),
      ...(until === undefined
        ? []
        : [call("DeleteUser", until + 120_000, { identityStoreId: STORE, userId: id }, null)]),
    ])
    .filter(({ at }) => at >= LOGS_BEGIN);
}

const HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";
