import { connectors } from "@leasehold/connectors";
import type { Lister } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import type { LabelledEstate } from "@leasehold/local/estates";

type Named = Readonly<Record<string, unknown>>;

/** What the connectors' own lists say of an estate: the vendors' answers come from its inventory files. */
export async function listed(estate: LabelledEstate, now: Instant): Promise<readonly Signal[]> {
  const apis: Readonly<Record<string, unknown>> = {
    okta: okta(estate),
    "aws-identity-center": identityCenter(estate),
    "aws-iam": iam(estate),
  };
  const signals: Signal[] = [];
  for (const [id, load] of Object.entries(connectors)) {
    const lister: Lister<unknown> | undefined = (await load()).lists;
    if (lister !== undefined && apis[id] !== undefined) signals.push(...(await every(lister, apis[id], now)));
  }
  return signals;
}

async function every(lister: Lister<unknown>, api: unknown, now: Instant): Promise<readonly Signal[]> {
  const signals: Signal[] = [];
  let cursor: string | undefined;
  do {
    const page = await lister.page(api, cursor, now);
    signals.push(...page.signals);
    cursor = page.next;
  } while (cursor !== undefined);
  return signals;
}

function okta({ oktaUsers, oktaGrants, truth }: LabelledEstate) {
  const grants = grouped(oktaGrants as readonly Named[], "userId");
  const answer = (path: string): unknown => {
    const [, user, rest] = /^\/api\/v1\/users\/([^/?]+)(\/grants)?/.exec(path) ?? [];
    if (rest !== undefined) return grants.get(user ?? "") ?? [];
    return user === undefined ? oktaUsers : oktaUsers.find((one) => (one as Named)["id"] === user);
  };
  const call = async ({ path }: { readonly path: string }) => {
    const json = answer(path);
    return { status: json === undefined ? 404 : 200, headers: {}, json, next: undefined };
  };
  return { http: { planned: [], call }, org: truth.oktaOrg };
}

const identityCenter = ({ identityCenterUsers, truth }: LabelledEstate) => ({
  account: truth.account,
  identityStoreId: truth.identityStore,
  send: async () => ({
    Users: (identityCenterUsers as readonly Named[]).map((user) => dated(user, ["CreatedAt", "UpdatedAt"])),
  }),
});

const PAGE = 100;

/** IAM's calls, answered from `get-account-authorization-details` and the lists of keys. Roles and policies are not asked for. */
function iam({ authorizationDetails, accessKeys, serviceCredentials, truth }: LabelledEstate) {
  const users = (authorizationDetails.UserDetailList as readonly Named[]).map((one) => dated(one, ["CreateDate"]));
  const keys = grouped(accessKeys as readonly Named[], "UserName");
  const bedrock = grouped(serviceCredentials as readonly Named[], "UserName");
  const of = (all: ReadonlyMap<string, readonly Named[]>, { UserName }: Named) =>
    (all.get(String(UserName)) ?? []).map((one) => dated(one, ["CreateDate", "ExpirationDate"]));
  const calls: Readonly<Record<string, (input: Named) => unknown>> = {
    GetAccountAuthorizationDetails: ({ Marker = "0", Filter = [] }) => {
      if (!(Filter as readonly string[]).includes("User")) return {};
      const [from, to] = [Number(Marker), Number(Marker) + PAGE];
      const more = to < users.length;
      return { UserDetailList: users.slice(from, to), IsTruncated: more, ...(more && { Marker: String(to) }) };
    },
    ListAccessKeys: (input) => ({ AccessKeyMetadata: of(keys, input) }),
    ListServiceSpecificCredentials: () => ({ ServiceSpecificCredentials: users.flatMap((one) => of(bedrock, one)) }),
  };
  const send = async (command: { readonly constructor: { readonly name: string }; readonly input: Named }) =>
    calls[command.constructor.name.replace(/Command$/, "")]?.(command.input) ?? {};
  return { account: truth.account, send };
}

function grouped(all: readonly Named[], by: string): ReadonlyMap<string, readonly Named[]> {
  const groups = new Map<string, Named[]>();
  for (const one of all) groups.set(String(one[by]), [...(groups.get(String(one[by])) ?? []), one]);
  return groups;
}

/** The SDK answers with dates. */
const dated = (one: Named, names: readonly string[]): Named =>
  Object.fromEntries(
    Object.entries(one).map(([name, value]) => [name, names.includes(name) ? new Date(String(value)) : value]),
  );
