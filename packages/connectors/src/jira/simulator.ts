import { type DeskRequest, OFFERED } from "@leasehold/core/connector";
import { badInput, type Clock, millisOf } from "@leasehold/core/kernel";
import {
  type Asked,
  createHttp,
  type Live,
  type Memory,
  type Press,
  type Reply,
  type Served,
  type Simulator,
  serve,
  signatureOf,
} from "../../kit/index.ts";
import { type Api, JIRA_HOSTS } from "./api.ts";
import { STATUSES, toldText } from "./text.ts";

/** The site as plain JSON. */
export interface World {
  readonly site: string;
  readonly project: string;
  readonly secret: string; // with which it signs webhooks; a demonstration's, of no use anywhere else
  readonly users: readonly User[];
  readonly issues: readonly Issue[];
  readonly count: number; // of issues and changes ever made
}
export interface User {
  readonly accountId: string;
  readonly email: string;
  readonly isApp?: boolean;
  readonly isHidden?: boolean; // keeps the address to themselves
}
export interface Issue {
  readonly id: string;
  readonly key: string;
  readonly parent?: string;
  readonly labels: readonly string[];
  readonly summary: string;
  readonly description: unknown;
  readonly property: unknown; // `leasehold`
  readonly status: string;
  readonly assignee?: string;
  readonly comments?: readonly { readonly id: string; readonly body: unknown; readonly author?: string }[];
  readonly changes: readonly {
    readonly id: string;
    readonly author: string;
    readonly from: string;
    readonly to: string;
  }[];
}

export const empty: World = {
  site: "example",
  project: "SEC",
  secret: "demo signing secret",
  users: [],
  issues: [],
  count: 0,
};

const SAMPLE: World = {
  ...empty,
  users: [
    { accountId: "5b10example0000000000001", email: "grace@example.com" },
    { accountId: "5b10example0000000000002", email: "sam@example.com" },
  ],
};

const REFUSAL: Reply = { status: 403, json: { errorMessages: ["You do not have permission"] } };
const NOT_FOUND: Reply = {
  status: 404,
  json: { errorMessages: ["Issue does not exist or you do not have permission to see it."] },
};
const NO_CONTENT: Reply = { status: 204 };
const APP = "5b10leasehold000000000001"; // ours
const DONE = { id: "31", name: "Done", to: { name: "Done", statusCategory: { key: "done" } } };

/** A Jira site behind its own REST API, with people who move the sub-tasks they are shown. */
export const simulator: Simulator<Api, World> = { sample: { world: SAMPLE }, signing: [empty.secret], live };

function live(memory: Memory<World>, clock: Clock): Live<Api> & { readonly calls: string[] } {
  const world = () => memory.get() ?? empty;
  const put = (to: Partial<World>) => memory.set({ ...world(), ...to });
  const calls: string[] = [];
  const fetch = serve({
    routes: routesOf(world, put),
    mood: () => running.mood,
    called: (permission) => calls.push(permission),
    refusal: REFUSAL,
  });
  const base = `https://${world().site}.atlassian.net`;
  const http = createHttp({ provider: "jira", base, hosts: JIRA_HOSTS, clock, fetch });
  const running: Live<Api> & { readonly calls: string[] } = {
    api: {
      ...{ http, project: world().project, issueType: "Task", subtaskType: "Sub-task" },
      sealing: async () => [world().secret],
    },
    calls,
    mood: "willing",
    absorb: () => {}, // nothing that happens elsewhere changes a site
    told: () => world().issues.flatMap(({ comments = [] }) => comments.map(({ body }) => toldIn(world(), body))),
    click: (press) => signed(world(), moved(world, put, press, clock)),
  };
  return running;
}

type OnIssue = (
  method: string,
  path: RegExp,
  permission: string,
  answer: (one: Issue, asked: Asked) => Reply,
) => Served;

function routesOf(world: () => World, put: (to: Partial<World>) => void): readonly Served[] {
  const issue = ({ parts: [name] }: Asked) => world().issues.find(({ id, key }) => id === name || key === name);
  const change = (one: Issue, to: Partial<Issue>) =>
    put({ issues: world().issues.map((other) => (other === one ? { ...one, ...to } : other)) });
  const on: OnIssue = (method, path, permission, answer) => [
    method,
    path,
    permission,
    (asked) => {
      const one = issue(asked);
      return one === undefined ? NOT_FOUND : answer(one, asked);
    },
  ];
  return [
    [
      "POST",
      /^\/rest\/api\/3\/search\/jql$/,
      "BROWSE_PROJECTS",
      ({ body }) => search(world(), body as { jql: string; nextPageToken?: string }),
    ],
    ["POST", /^\/rest\/api\/3\/issue$/, "CREATE_ISSUES", ({ body }) => create(world(), put, body as Creation)],
    ["GET", /^\/rest\/api\/3\/user\/search$/, "USER_PICKER", (asked) => usersLike(world(), asked)],
    on("PUT", /^\/rest\/api\/3\/issue\/([^/]+)\/assignee$/, "ASSIGN_ISSUES", (one, { body }) => {
      change(one, { assignee: (body as { accountId: string }).accountId });
      return NO_CONTENT;
    }),
    on("PUT", /^\/rest\/api\/3\/issue\/([^/]+)$/, "EDIT_ISSUES", (one, { body }) => {
      change(one, (body as { fields: Partial<Issue> }).fields);
      return NO_CONTENT;
    }),
    on("PUT", /^\/rest\/api\/3\/issue\/([^/]+)\/properties\/leasehold$/, "EDIT_ISSUES", (one, { body }) => {
      change(one, { property: body });
      return { status: 200 };
    }),
    on("DELETE", /^\/rest\/api\/3\/issue\/([^/]+)$/, "DELETE_ISSUES", (one) => {
      put({ issues: world().issues.filter(({ key, parent }) => key !== one.key && parent !== one.key) });
      return NO_CONTENT;
    }),
    on("GET", /^\/rest\/api\/3\/issue\/([^/]+)$/, "BROWSE_PROJECTS", (one) => ({
      status: 200,
      json: issueJson(world(), one),
    })),
    on("POST", /^\/rest\/api\/3\/issue\/([^/]+)\/changelog\/list$/, "BROWSE_PROJECTS", (one, { body }) => {
      const { changelogIds } = body as { changelogIds: number[] };
      const histories = one.changes.filter(({ id }) => changelogIds.includes(Number(id)));
      return { status: 200, json: { histories: histories.map((made) => changeJson(world(), made)) } };
    }),
    ...commentsOf(on, change),
    on("GET", /^\/rest\/api\/3\/issue\/([^/]+)\/transitions$/, "BROWSE_PROJECTS", ({ status }) => ({
      status: 200,
      json: { transitions: status === "Done" ? [] : [DONE] },
    })),
    on("POST", /^\/rest\/api\/3\/issue\/([^/]+)\/transitions$/, "TRANSITION_ISSUES", (one) => {
      change(one, { status: "Done" });
      return NO_CONTENT;
    }),
  ];
}

function commentsOf(on: OnIssue, change: (one: Issue, to: Partial<Issue>) => void): readonly Served[] {
  const path = /^\/rest\/api\/3\/issue\/([^/]+)\/comment$/;
  return [
    on("GET", path, "BROWSE_PROJECTS", ({ comments = [] }) => ({
      status: 200,
      json: { comments: comments.map(commentJson).reverse(), startAt: 0, total: comments.length },
    })),
    on("POST", path, "ADD_COMMENTS", (one, { body }) => {
      const comments = one.comments ?? [];
      const comment = { id: String(90_001 + comments.length), body: (body as { body: unknown }).body };
      change(one, { comments: [...comments, comment] });
      return { status: 201, json: comment };
    }),
  ];
}

const commentJson = ({ id, body, author = APP }: NonNullable<Issue["comments"]>[number]) => ({
  ...{ id, body, author: { accountId: author } },
});

function usersLike({ users }: World, { query }: Asked): Reply {
  const found = users.filter(({ email }) => email.includes(query.get("query") ?? ""));
  return { status: 200, json: found.map(userJson) };
}

const PAGE = 20;

function search(
  world: World,
  { jql, nextPageToken = "0" }: { readonly jql: string; readonly nextPageToken?: string },
): Reply {
  const [, project, label = ""] = /^project = "(\w+)" AND labels = "([^"]+)"/.exec(jql) ?? [];
  const all = project === world.project ? world.issues.filter(({ labels }) => labels.includes(label)) : [];
  const end = Number(nextPageToken) + PAGE;
  const issues = all.slice(Number(nextPageToken), end).map((issue) => issueJson(world, issue));
  return {
    status: 200,
    json: end < all.length ? { issues, nextPageToken: String(end), isLast: false } : { issues, isLast: true },
  };
}

interface Creation {
  readonly fields: Pick<Issue, "labels" | "summary" | "description"> & { readonly parent?: { readonly key: string } };
  readonly properties: readonly { readonly value: unknown }[];
}

function create(
  { issues, count, project }: World,
  put: (to: Partial<World>) => void,
  { fields, properties }: Creation,
): Reply {
  const { labels, summary, description, parent } = fields;
  const [id, key] = [String(10_001 + count), `${project}-${count + 1}`];
  const issue: Issue = {
    ...{ id, key, labels, summary, description, status: "To Do", changes: [] },
    property: properties[0]?.value,
    ...(parent && { parent: parent.key }),
  };
  put({ issues: [...issues, issue], count: count + 1 });
  return { status: 201, json: { id, key } };
}

const userJson = ({ accountId, email, isApp = false, isHidden = false }: User) => ({
  ...{ accountId, accountType: isApp ? "app" : "atlassian", active: true },
  ...(!isHidden && { emailAddress: email }),
});
const personJson = ({ users }: World, accountId: string | undefined) => {
  const user = users.find((one) => one.accountId === accountId);
  return user ? userJson(user) : null;
};
const issueJson = (world: World, { id, key, labels, parent, assignee, status, summary, property }: Issue) => ({
  ...{ id, key },
  fields: {
    ...{ labels, summary },
    status: { name: status },
    assignee: personJson(world, assignee),
    ...(parent && { parent: { key: parent } }),
  },
  properties: { leasehold: property },
});
const changeJson = (world: World, { id, author, from, to }: Issue["changes"][number]) => ({
  ...{ id, author: personJson(world, author) },
  items: [{ field: "status", fieldtype: "jira", fieldId: "status", fromString: from, toString: to }],
});

function moved(world: () => World, put: (to: Partial<World>) => void, press: Press, clock: Clock): object {
  const { issues, users, count } = world();
  const by = users.find(({ email }) => email === press.user);
  const labels = [press.message, press.item].map((id) => `leasehold-${id}`);
  const issue = issues.find((one) => one.parent !== undefined && labels.every((label) => one.labels.includes(label)));
  if (by === undefined || issue === undefined)
    throw badInput("there is no such sub-task for this person", { choice: press.choice });
  const change = {
    id: String(50_000 + 10 * count + OFFERED.indexOf(press.choice)),
    author: by.accountId,
    from: issue.status,
    to: STATUSES[press.choice],
  };
  const to = users.find(({ email }) => email === press.to)?.accountId;
  const said = {
    id: String(70_000 + count),
    author: by.accountId,
    body: toldText(by.accountId, press.because ?? "", ""),
  };
  const comments = [...(issue.comments ?? []), ...(press.because === undefined ? [] : [said])];
  const changes = [...issue.changes, change];
  const then: Issue = { ...issue, status: change.to, changes, comments, ...(to && { assignee: to }) };
  put({ count: count + 1, issues: issues.map((one) => (one === issue ? then : one)) });
  const { items } = changeJson(world(), change);
  return {
    ...{ timestamp: millisOf(clock()), webhookEvent: "jira:issue_updated", issue_event_type_name: "issue_generic" },
    ...{ user: userJson(by), issue: issueJson(world(), then), changelog: { id: change.id, items } },
  };
}

/** Who is mentioned in a comment, and what it says. */
function toldIn({ users }: World, body: unknown): { readonly user: string; readonly text: string } {
  const text = JSON.stringify(body);
  const [, id = ""] = /"type":"mention","attrs":\{"id":"([^"]+)"/.exec(text) ?? [];
  return { user: users.find(({ accountId }) => accountId === id)?.email ?? id, text };
}

function signed({ secret }: World, event: object): DeskRequest {
  const body = JSON.stringify(event);
  return {
    body,
    headers: { "content-type": "application/json", "x-hub-signature": `sha256=${signatureOf(secret, body)}` },
  };
}
