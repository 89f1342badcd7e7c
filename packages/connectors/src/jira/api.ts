import type { Secrets } from "@leasehold/core/connector";
import { badInput, type Clock } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import {
  createHttp,
  DESK_PATIENCE,
  type Fetch,
  type Http,
  pathOf,
  SecretName,
  SettingText,
  shaped,
  signingNameOf,
  startPacer,
} from "../../kit/index.ts";
import { limit } from "./limit.ts";
import { choiceOf } from "./text.ts";

export interface Api {
  readonly http: Http;
  readonly project: string;
  readonly issueType: string;
  readonly subtaskType: string;
  readonly sealing: () => Promise<readonly string[]>; // the secret of the webhook; none where no answer comes
}

export const JIRA_HOSTS = [".atlassian.net"];

export const Settings = z.strictObject({
  site: SettingText.check(
    z.regex(/^https:\/\/[a-z0-9-]+[.]atlassian[.]net\/?$/, "the site, as https://example.atlassian.net"),
    z.describe("the site, as https://example.atlassian.net"),
  ),
  account: z.email().check(z.maxLength(254), z.describe("the e-mail of the service account")),
  tokenName: SecretName.check(z.describe("the name of the secret that holds the service account's API token")),
  signingName: z
    .optional(signingNameOf("jira"))
    .check(z.describe("the name of the secret of the webhook, as jira.webhook; needed for answers in Jira")),
  project: SettingText.check(
    z.regex(/^[A-Z][A-Z0-9_]{1,9}$/, "the key of the project, as SEC"),
    z.describe("the key of the project, as SEC"),
  ),
  issueType: z._default(SettingText, "Task").check(z.describe("of the issue for a message")),
  subtaskType: z
    ._default(SettingText, "Sub-task")
    .check(z.describe("of the issue for one item; a team-managed project calls it Subtask")),
});
export type Settings = z.infer<typeof Settings>;

/** `fetch` is given by tests only. */
export function connect(settings: Settings, secrets: Secrets, clock: Clock, fetch?: Fetch): Api {
  const { site, account, tokenName, signingName, project, issueType, subtaskType } = settings;
  const headers = async () => {
    const pair = Buffer.from(`${account}:${await secrets(tokenName)}`).toString("base64");
    return { authorization: `Basic ${pair}` };
  };
  const pacer = startPacer("jira", limit, { patience: DESK_PATIENCE });
  const client = { provider: "jira", base: site, hosts: JIRA_HOSTS, clock, random: Math.random, headers, pacer };
  return {
    ...{ http: createHttp({ ...client, ...(fetch && { fetch }) }), project, issueType, subtaskType },
    sealing: async () => (signingName === undefined ? [] : [await secrets(signingName)]),
  };
}

const Label = z.string().check(z.regex(/^[\w-]{1,80}$/));

/** Ids are their own labels: a label is always indexed, which a property need not be. */
export function labelOf(id: string): string {
  if (!Label.safeParse(id).success) throw badInput("an id cannot be a label", { length: id.length });
  return `leasehold-${id}`;
}

const Issue = z.object({
  id: z.string().check(z.regex(/^\d+$/)),
  key: z.string(),
  fields: z.object({
    labels: z._default(z.array(z.string()), []),
    parent: z.nullish(z.object({ key: z.string() })),
    summary: z._default(z.string(), ""),
  }),
  properties: z.optional(z.object({ leasehold: z.optional(z.unknown()) })),
});
export type Issue = z.infer<typeof Issue>;
const Found = z.object({
  issues: z.array(Issue),
  nextPageToken: z.nullish(z.string()),
  isLast: z.optional(z.boolean()),
});

/** The issues of one message: those that stand alone and their sub-tasks, oldest first. */
export async function issuesOf({ http, project }: Api, key: string): Promise<{ parents: Issue[]; subtasks: Issue[] }> {
  const jql = `project = "${project}" AND labels = "${labelOf(key)}" ORDER BY created ASC`;
  const all: Issue[] = [];
  let nextPageToken: string | undefined;
  do {
    const shown = { fields: ["labels", "parent", "summary"], properties: ["leasehold"] };
    const body = { jql, ...shown, maxResults: 100, ...(nextPageToken && { nextPageToken }) };
    const { json } = await http.call({
      method: "POST",
      path: "/rest/api/3/search/jql",
      body,
      permission: "BROWSE_PROJECTS",
      reads: true,
    });
    const found = shaped("jira", Found, json);
    all.push(...found.issues);
    nextPageToken = found.isLast === true ? undefined : (found.nextPageToken ?? undefined);
  } while (nextPageToken !== undefined);
  all.sort((a, b) => Number(a.id) - Number(b.id));
  return { parents: all.filter(({ fields }) => !fields.parent), subtasks: all.filter(({ fields }) => fields.parent) };
}

const User = z.object({
  accountId: z.string(),
  accountType: z.optional(z.string()),
  active: z._default(z.boolean(), true),
  emailAddress: z.optional(z.string()), // hidden where the person wishes it
});

/** Two whom an address might mean are nobody. */
export async function accountOf({ http }: Api, email: string): Promise<string | undefined> {
  const ask = {
    method: "GET",
    path: "/rest/api/3/user/search",
    query: { query: email },
    permission: "USER_PICKER",
  } as const;
  const users = shaped("jira", z.array(User), (await http.call(ask)).json);
  const [first, second] = users.filter(
    ({ active, accountType = "atlassian", emailAddress = email }) =>
      active && accountType === "atlassian" && emailAddress.toLowerCase() === email.toLowerCase(),
  );
  return second === undefined ? first?.accountId : undefined;
}

const Transitions = z.object({
  transitions: z.array(
    z.object({
      id: z.string(),
      to: z.object({ name: z._default(z.string(), ""), statusCategory: z.object({ key: z.string() }) }),
    }),
  ),
});

/** Where the project's workflow lets us, and never to a status that is an answer; where not, the text says that it is closed. */
export async function finish({ http }: Api, issue: string): Promise<void> {
  const path = pathOf`/rest/api/3/issue/${issue}/transitions`;
  const { json } = await http.call({ method: "GET", path, permission: "BROWSE_PROJECTS" });
  const ways = shaped("jira", Transitions, json).transitions;
  const done = ways.find(({ to }) => to.statusCategory.key === "done" && choiceOf(to.name) === undefined);
  if (done === undefined) return;
  const body = { transition: { id: done.id } };
  await http.call({ method: "POST", path, body, permission: "TRANSITION_ISSUES", accept: [400, 409] });
}
