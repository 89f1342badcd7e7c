import { type Account, ListAccountsCommand, ListDelegatedAdministratorsCommand } from "@aws-sdk/client-organizations";
import type { Lister, Page } from "@leasehold/core/connector";
import { badInput, type Instant } from "@leasehold/core/kernel";
import type { Member, Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { accountOf, askAws, jsonIn, partitionOf } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { ACCOUNT, accountIdentity } from "../named.ts";
import { pageOfPolicies } from "./policies.ts";

/** Every account of the organisation with where it stands in it, and which of them nobody looks into. */
export const lister: Lister<Api> = {
  permissions: ["ListAccounts", "ListDelegatedAdministrators", "ListPolicies"].map((verb) => `organizations:${verb}`),
  emits: ["identity.seen"],
  page,
};

const NAMED = 20; // of those that nobody looks into

/** What the pages before have found, so that it is said once, at the end, however many accounts there are. */
const Found = z.object({
  delegates: z.array(z.string().check(z.maxLength(12))).check(z.maxLength(500)),
  uncovered: z.array(z.string().check(z.maxLength(128))).check(z.maxLength(NAMED)),
  more: z.int().check(z.minimum(0)),
});
type Found = z.infer<typeof Found>;
const Token = z.optional(z.string().check(z.maxLength(100_000)));
const Cursor = z.union([
  z.object({ in: z.literal("accounts"), token: Token, found: Found }),
  z.object({ in: z.literal("policies"), token: Token }),
]);
type Cursor = z.infer<typeof Cursor>;

async function page(api: Api, cursor: string | undefined, now: Instant): Promise<Page> {
  const at = cursor === undefined ? await beginning(api) : placeIn(cursor);
  if (at.in === "accounts") return pageOfAccounts(api, at, now);
  const { next: token, ...rest } = await pageOfPolicies(api, at.token);
  return { ...rest, next: token === undefined ? undefined : written({ in: "policies", token }) };
}

async function beginning(api: Api): Promise<Extract<Cursor, { in: "accounts" }>> {
  return { in: "accounts", found: { delegates: await delegatesOf(api), uncovered: [], more: 0 } };
}

async function delegatesOf(api: Api): Promise<string[]> {
  const ids: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await askAws("organizations:ListDelegatedAdministrators", () =>
      api.send(
        new ListDelegatedAdministratorsCommand({ MaxResults: 20, ...(NextToken !== undefined && { NextToken }) }),
      ),
    );
    ids.push(...(page.DelegatedAdministrators ?? []).flatMap(({ Id }) => Id ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return ids;
}

async function pageOfAccounts(api: Api, at: Extract<Cursor, { in: "accounts" }>, now: Instant): Promise<Page> {
  const input = { MaxResults: 20, ...(at.token !== undefined && { NextToken: at.token }) };
  const { Accounts = [], NextToken: token } = await askAws("organizations:ListAccounts", () =>
    api.send(new ListAccountsCommand(input)),
  );
  const found = withUncovered(api, at.found, Accounts);
  const signals = Accounts.flatMap((one) => seenAccount(api, found, one, now));
  if (token !== undefined) return { signals, next: written({ in: "accounts", token, found }), whole: true };
  const gaps = found.uncovered.length > 0 && { gaps: [{ what: sentence(found) }] };
  return { signals, next: written({ in: "policies" }), whole: true, ...gaps };
}

/** One that is closed holds nothing that could be used; of any other state nobody knows. */
function withUncovered({ covered }: Api, found: Found, accounts: readonly Account[]): Found {
  const missing = accounts
    .filter((one) => stateOf(one) !== "CLOSED" && !covered.includes(one.Id ?? ""))
    .map(({ Id, Name }) => (Name === undefined ? (Id ?? "") : `${Id} (${Name.slice(0, 64)})`));
  const room = NAMED - found.uncovered.length;
  return {
    ...found,
    uncovered: [...found.uncovered, ...missing.slice(0, room)],
    more: found.more + Math.max(0, missing.length - room),
  };
}

function sentence({ uncovered, more }: Found): string {
  const others = more === 0 ? "" : ` and ${more} more`;
  return `Nothing is looked into in these accounts of the organisation: ${uncovered.join(", ")}${others}.`;
}

const stateOf = ({ State, Status }: Account): string => State ?? Status ?? "unknown";

/** Dated by the look: the service has no time for what an account is to its organisation. Its address is not read. */
function seenAccount(api: Api, { delegates }: Found, account: Account, now: Instant): readonly Signal[] {
  const { Id: id, Arn } = account;
  if (id === undefined) return [];
  return [
    {
      kind: "identity.seen",
      source: { connector: "aws-organizations", eventId: `list:${id}:${now}`, occurredAt: now },
      tenant: api.account,
      identity: accountIdentity(id, partitionOf(Arn)),
      type: ACCOUNT,
      member: memberOf(account, id, delegates),
    },
  ];
}

/** An account's ARN is of the management account, and names it. */
function memberOf(account: Account, id: string, delegates: readonly string[]): Member {
  const { Arn, Name: name, Paths: [path] = [] } = account;
  return {
    ...{ id, state: stateOf(account) },
    ...(name !== undefined && { name }),
    ...(path !== undefined && { path: path.replace(/[/]$/, "") }),
    roles: [
      ...(accountOf(Arn) === id ? ["management"] : []),
      ...(delegates.includes(id) ? ["delegated administrator"] : []),
    ],
  };
}

const written = (cursor: Cursor): string => JSON.stringify(cursor);

function placeIn(cursor: string): Cursor {
  const read = Cursor.safeParse(jsonIn(cursor));
  if (read.success) return read.data;
  throw badInput("the list was of another form: begin it again", { where: "cursor" });
}
