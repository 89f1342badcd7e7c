import { derivedId, type Instant } from "@leasehold/core/kernel";
import type { Asked, Reply, Served } from "../../kit/index.ts";
import type { Event } from "./events.ts";
import { type LogEvent, type Target, targetOf } from "./log-event.ts";

/** The organisation as plain JSON. */
export interface World {
  readonly org: string; // the first label of its host
  readonly users: readonly User[];
  readonly grants: readonly Grant[];
  readonly log: readonly LogEvent[];
  readonly groups?: readonly Group[];
}
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[]; // ids of users
}
export interface User {
  readonly id: string;
  readonly status: string;
  readonly transitioningToStatus?: string;
  readonly lastUpdated: string;
  readonly profile: Readonly<Record<string, string>>;
}
export interface Grant {
  readonly id: string;
  readonly status: string;
  readonly userId: string;
  readonly clientId: string;
  readonly app: string; // its label
  readonly scope: string;
  readonly created: string;
  readonly lastUpdated: string;
}

export const empty: World = { org: "example", users: [], grants: [], log: [] };

export const REFUSAL: Reply = {
  status: 403,
  json: { errorCode: "E0000006", errorSummary: "You do not have permission" },
};
const NOT_FOUND: Reply = { status: 404, json: { errorCode: "E0000007", errorSummary: "Not found" } };
const READ = "okta.users.read";
const GROUPS = "okta.groups.read";
const ONE_PAGE = 2; // of a user's groups: small, so that pages are turned

/** The part of Okta's REST API that the connector uses, each with the scope that Okta asks for. */
export function routesOf(world: () => World, revoke: (grant: Grant) => void): readonly Served[] {
  const grantsOf = (userId = "", clientId?: string) =>
    world().grants.filter(
      (grant) => grant.userId === userId && (clientId === undefined || grant.clientId === clientId),
    );
  const oneOf = ({ parts: [userId, id] }: Asked) => grantsOf(userId).find((grant) => grant.id === id);
  const found = (name = "") => world().users.find(({ id, profile }) => id === name || profile["login"] === name);
  const org = () => world().org;

  return [
    ["GET", /^\/api\/v1\/users\/([^/]+)\/grants\/([^/]+)$/, READ, (asked) => oneOr404(oneOf(asked), grantJson)],
    [
      "DELETE",
      /^\/api\/v1\/users\/([^/]+)\/grants\/([^/]+)$/,
      "okta.users.manage",
      (asked) => {
        const grant = oneOf(asked);
        if (grant === undefined) return NOT_FOUND;
        revoke(grant);
        return { status: 204 };
      },
    ],
    [
      "GET",
      /^\/api\/v1\/users\/([^/]+)\/clients\/([^/]+)\/grants$/,
      READ,
      (asked) => paged(org(), "", grantsOf(...(asked.parts as [string, string])).map(grantJson), asked),
    ],
    [
      "GET",
      /^\/api\/v1\/users\/([^/]+)\/grants$/,
      READ,
      (asked) => paged(org(), `/api/v1/users/${asked.parts[0]}/grants`, grantsOf(asked.parts[0]).map(grantJson), asked),
    ],
    ["GET", /^\/api\/v1\/users\/([^/]+)\/groups$/, READ, (asked) => groupsOfUser(world(), asked)],
    ["GET", /^\/api\/v1\/groups\/([^/]+)\/users$/, GROUPS, (asked) => usersOfGroup(world(), asked)],
    ["GET", /^\/api\/v1\/users\/([^/]+)$/, READ, ({ parts }) => oneOr404(found(parts[0]), (user) => user)],
    [
      "GET",
      /^\/api\/v1\/users$/,
      READ,
      (asked) => paged(org(), "/api/v1/users", searched(world().users, asked), asked),
    ],
    ["GET", /^\/api\/v1\/logs$/, "okta.logs.read", (asked) => logged(world(), asked)],
  ];
}

function groupsOfUser({ org, users, groups = [] }: World, asked: Asked): Reply {
  const [userId = ""] = asked.parts;
  if (!users.some(({ id }) => id === userId)) return NOT_FOUND;
  const mine = groups.filter(({ members }) => members.includes(userId));
  const limit = new URLSearchParams({ limit: String(ONE_PAGE), ...Object.fromEntries(asked.query) });
  return paged(org, `/api/v1/users/${userId}/groups`, mine.map(groupJson), { ...asked, query: limit });
}

const groupJson = ({ id, name }: Group) => ({ id, type: "OKTA_GROUP", profile: { name } });

function usersOfGroup({ org, users, groups = [] }: World, asked: Asked): Reply {
  const group = groups.find(({ id }) => id === asked.parts[0]);
  if (group === undefined) return NOT_FOUND;
  const theirs = users.filter(({ id }) => group.members.includes(id));
  return paged(org, `/api/v1/groups/${group.id}/users`, theirs, asked);
}

const oneOr404 = <T>(one: T | undefined, json: (one: T) => unknown): Reply =>
  one === undefined ? NOT_FOUND : { status: 200, json: json(one) };

/** As Okta answers with `expand=scope`. */
const grantJson = ({ app, scope, ...grant }: Grant) => ({
  ...grant,
  scopeId: scope,
  _embedded: { scope: { id: scope, name: scope } },
  _links: { app: { title: app }, client: { title: app } },
});

function paged(org: string, path: string, all: readonly unknown[], { query }: Asked): Reply {
  const [from, limit] = [Number(query.get("after") ?? 0), Number(query.get("limit") ?? 200)];
  const more = from + limit < all.length;
  return {
    status: 200,
    json: all.slice(from, from + limit),
    headers: more ? nextPage(org, path, query, from + limit) : {},
  };
}

function nextPage(org: string, path: string, query: URLSearchParams, after: number) {
  const rest = new URLSearchParams({ ...Object.fromEntries(query), after: String(after) });
  return { link: `<https://${org}.okta.com${path}?${rest}>; rel="next"` };
}

/** Like Okta's: a plain list leaves the deactivated out, a search does not. */
function searched(users: readonly User[], { query }: Asked): readonly User[] {
  const search = query.get("search");
  if (search === null) return users.filter(({ status }) => status !== "DEPROVISIONED");
  const number = /^profile[.]employeeNumber eq "(.*)"$/.exec(search)?.[1];
  return number === undefined ? users : users.filter(({ profile }) => profile["employeeNumber"] === number);
}

/** There is always a next page: behind the last record it is the one that waits for what comes. */
function logged({ org, log }: World, { query }: Asked): Reply {
  const since = query.get("since") ?? "";
  const from = Number(query.get("after") ?? 0);
  const page = log.slice(from, from + 100);
  const json = query.has("after") ? page : page.filter(({ published }) => published >= since);
  return { status: 200, json, headers: nextPage(org, "/api/v1/logs", query, from + page.length) };
}

const BECOMES: Readonly<Record<string, string>> = {
  "user.lifecycle.create": "STAGED",
  "user.lifecycle.activate": "ACTIVE",
  "user.lifecycle.reactivate": "ACTIVE",
  "user.lifecycle.unsuspend": "ACTIVE",
  "user.lifecycle.suspend": "SUSPENDED",
  "scheduled_action.user_suspension.completed": "SUSPENDED",
  "user.lifecycle.deactivate": "DEPROVISIONED",
};

/** The world once this has happened in it. The same event again changes nothing. */
export function after(world: World, { detail }: Event): World {
  const { eventType, outcome } = detail;
  const known = world.log.some(({ uuid }) => uuid === detail.uuid);
  if (known || (outcome?.result !== "SUCCESS" && outcome?.result !== "ALLOW")) return world;
  const then = { ...world, log: [...world.log, detail] };
  if (eventType.includes(".consent.grant")) return { ...then, grants: withGrants(then.grants, granted(detail)) };
  if (eventType.includes(".consent.revoke")) {
    const ids = new Set(detail.target.map(({ id }) => id));
    return { ...then, grants: then.grants.filter(({ id }) => !ids.has(id)) };
  }
  return withUser(then, detail);
}

const withGrants = (grants: readonly Grant[], more: readonly Grant[]) => [
  ...grants.filter(({ id }) => !more.some((grant) => grant.id === id)),
  ...more,
];

function withUser(world: World, detail: LogEvent): World {
  const user = targetOf(detail, "User");
  if (user === undefined) return world;
  const others = world.users.filter(({ id }) => id !== user.id);
  if (detail.eventType.startsWith("user.lifecycle.delete.")) return { ...world, users: others };
  const status = BECOMES[detail.eventType];
  if (status === undefined) return world;
  const { profile } = world.users.find(({ id }) => id === user.id) ?? { profile: profileOf(user) };
  return { ...world, users: [...others, { id: user.id, status, lastUpdated: detail.published, profile }] };
}

const profileOf = ({ id, alternateId = id, displayName = alternateId }: Target) => ({
  ...{ login: alternateId, email: alternateId, displayName },
});

function granted(detail: LogEvent): Grant[] {
  const { actor, published, target } = detail;
  const app = targetOf(detail, "AppInstance", "PublicClientApp")?.displayName;
  return target.flatMap(({ id, type, displayName: scope = "", detailEntry }) => {
    const clientId = detailEntry?.publicclientapp;
    const userId = detailEntry?.user ?? targetOf(detail, "User")?.id ?? (actor?.type === "User" ? actor.id : undefined);
    if (type !== "ConsentGrant" || clientId === undefined || userId === undefined) return [];
    return [
      {
        id,
        userId,
        clientId,
        scope,
        app: app ?? clientId,
        status: "ACTIVE",
        created: published,
        lastUpdated: published,
      },
    ];
  });
}

/** What Okta would put on the bus when a grant is revoked through its API. */
export function revocation({ org }: World, grant: Grant, now: Instant): Event {
  const uuid = derivedId("evt", org, grant.id, now);
  return {
    source: `aws.partner/okta.com/${org}/leasehold`,
    resources: [],
    detail: {
      ...{ uuid, published: now, eventType: "app.oauth2.as.consent.revoke" },
      outcome: { result: "SUCCESS" },
      actor: { id: "0oa1leasehold0example", type: "PublicClientApp", displayName: "Leasehold" },
      target: [
        {
          id: grant.id,
          type: "ConsentGrant",
          displayName: grant.scope,
          detailEntry: { publicclientapp: grant.clientId },
        },
        { id: grant.userId, type: "User" },
      ],
    },
  };
}
