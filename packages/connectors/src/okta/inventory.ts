import type { Lister, Page } from "@leasehold/core/connector";
import { Fault, Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { emailAccount, isEmail, pathOf, shaped } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { oktaAccount, oktaApp, oktaCredential, reachOf } from "./ids.ts";
import { startManagers } from "./managers.ts";
import { USERS_READ } from "./org.ts";
import { stateOf } from "./people.ts";
import { maybe, Text, User } from "./user.ts";

const Named = maybe(z.object({ title: maybe(Text) }));
const Grant = z.object({
  id: Text,
  status: z.string(),
  created: Instant,
  lastUpdated: Instant,
  clientId: Text,
  scopeId: Text,
  _embedded: maybe(z.object({ scope: maybe(z.object({ name: maybe(Text) })) })),
  _links: maybe(z.object({ client: Named, app: Named })),
});
type Grant = z.infer<typeof Grant>;

/** Everybody, also who was deactivated: a plain list leaves those out, a search does not. */
const FIRST = `/api/v1/users?${new URLSearchParams({
  search: 'lastUpdated gt "1970-01-01T00:00:00.000Z"',
  sortBy: "id",
  limit: "100", // each of them is one more call, for their grants: a page must end while its function runs
})}`;

export const lister: Lister<Api> = { permissions: [USERS_READ], emits: ["account.seen", "credential.seen"], page };

async function page(api: Api, cursor: string | undefined): Promise<Page> {
  const { json, next } = await api.http.call({ method: "GET", path: cursor ?? FIRST, permission: USERS_READ });
  const users = shaped("okta", z.array(User), json);
  const managers = startManagers(api, users);
  const signals: Signal[] = [];
  let whole = true;
  for (let at = 0; at < users.length; at += AT_ONCE) {
    const look = (user: User) => seen(api, user, managers, whole);
    const looked = await Promise.all(users.slice(at, at + AT_ONCE).map(look));
    if (looked.some((one) => !one.whole)) whole = false;
    signals.push(...looked.flatMap((one) => one.signals));
  }
  return { signals, next, whole };
}

/** A user's grants are a call each: two hundred one after the other would outlast the function that asks. */
const AT_ONCE = 10;

/** `asks`: not where a refusal has shown already that grants may not be seen. */
async function seen(api: Api, user: User, managers: ReturnType<typeof startManagers>, asks: boolean) {
  const account = accountSeen(api, user, await managers.find(user.profile.managerId));
  const grants = mayHold(user) && asks ? await grantsOf(api, user.id) : [];
  const signals = [account, ...(grants ?? []).map((grant) => grantSeen(api, user.id, grant))];
  return { signals, whole: grants !== undefined };
}

/** Only who never came has consented to nothing. A list without the grants of those who left would say that they are gone. */
const mayHold = ({ status }: User): boolean => status !== "STAGED";

function accountSeen({ org }: Api, user: User, managerId: string | undefined): Signal {
  const { id, lastUpdated, profile } = user;
  const { email, secondEmail, displayName, firstName, lastName, employeeNumber, department, timezone } = profile;
  const name = displayName ?? [firstName, lastName].filter(Boolean).join(" ");
  const standing = stateOf(user);
  return {
    kind: "account.seen",
    source: { connector: "okta", eventId: `user/${id}/${lastUpdated}`, occurredAt: lastUpdated },
    tenant: org,
    account: oktaAccount(org, id),
    handle: { org, userId: id },
    standing,
    ...(name !== "" && { name }),
    ...(email !== undefined && { email }),
    ...(employeeNumber !== undefined && { employeeNumber }),
    ...(timezone !== undefined && { timeZone: timezone }),
    ...(managerId !== undefined && { manager: oktaAccount(org, managerId) }),
    ...(department !== undefined && { team: department }),
    sameAs: [...addressed("email", email), ...addressed("alias", secondEmail)],
  };
}

/** Who is reached by the second address may be a family: it is kept as an alias, by its digest alone, and joins nobody. */
const addressed = (how: "email" | "alias", address: string | undefined) =>
  address !== undefined && isEmail(address) ? [{ account: emailAccount(address), how }] : [];

/** All grants of one user; undefined where we may not see them, so that their absence means nothing. */
async function grantsOf({ http }: Api, userId: string): Promise<readonly Grant[] | undefined> {
  const grants: Grant[] = [];
  let path: string | undefined = `${pathOf`/api/v1/users/${userId}/grants`}?expand=scope&limit=200`;
  try {
    while (path !== undefined) {
      const { status, json, next } = await http.call({ method: "GET", path, permission: USERS_READ, accept: [404] });
      if (status === 404) return []; // deleted since the list was made
      grants.push(...shaped("okta", z.array(Grant), json));
      path = next;
    }
    return grants;
  } catch (error) {
    if (error instanceof Fault && error.name === "PermissionMissing") return undefined; // said by `whole`: the rest is still worth having
    throw error;
  }
}

function grantSeen({ org }: Api, userId: string, grant: Grant): Signal {
  const { id, clientId, created, lastUpdated, status, _links } = grant;
  return {
    kind: "credential.seen",
    source: { connector: "okta", eventId: `grant/${id}/${lastUpdated}`, occurredAt: lastUpdated },
    tenant: org,
    credential: oktaCredential(org, id),
    type: "oauth grant",
    identity: {
      id: oktaApp(org, clientId),
      realm: "okta",
      name: _links?.app?.title ?? _links?.client?.title ?? clientId,
    },
    handle: { org, userId, clientId, grantId: id },
    state: status === "ACTIVE" ? "on" : "off",
    createdAt: created,
    reach: reachOf([grant._embedded?.scope?.name ?? grant.scopeId]),
    authoriser: oktaAccount(org, userId),
  };
}
