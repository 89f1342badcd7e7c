import type { Heard } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { pathOf, shaped } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { statusIn } from "./read.ts";
import { reasonOf } from "./reason.ts";
import { isSealed, Property } from "./seal.ts";

const Account = z.object({
  accountId: z.string(),
  accountType: z.optional(z.string()),
  active: z.optional(z.boolean()),
  emailAddress: z.optional(z.string()),
});
const Subtask = z.object({
  fields: z.object({ parent: z.nullish(z.object({ key: z.string() })), assignee: z.nullish(Account) }),
  properties: z.optional(z.object({ leasehold: z.optional(Property) })),
});
const Histories = z.object({
  histories: z.array(z.object({ id: z.string(), author: z.optional(Account), items: z.array(z.unknown()) })),
});

/**
 * Reads again what the webhook said: the sub-task's own property, by our seal of this very sub-task, and who made that very
 * change. Of the body only the two numbers are believed that lead there.
 */
export async function confirm(api: Api, heard: Heard): Promise<Heard | undefined> {
  const { http } = api;
  const [issue = "", change = ""] = heard.id.split("/");
  const at = { permission: "BROWSE_PROJECTS", accept: [404] } as const;
  const path = `${pathOf`/rest/api/3/issue/${issue}`}?fields=parent,assignee&properties=leasehold`;
  const looked = await http.call({ ...at, method: "GET", path });
  if (looked.status === 404) return undefined;
  const { fields, properties } = shaped("jira", Subtask, looked.json);
  const mine = properties?.leasehold;
  const isMeant =
    mine?.key === heard.decision && mine.item === heard.item && fields.parent?.key === heard.ticket.ref["issue"];
  if (!isMeant || !(await isSealed(api, issue, mine))) return undefined;

  const body = { changelogIds: [Number(change)] };
  const list = pathOf`/rest/api/3/issue/${issue}/changelog/list`;
  const changes = await http.call({ ...at, method: "POST", path: list, body, reads: true });
  if (changes.status === 404) return undefined;
  const made = shaped("jira", Histories, changes.json).histories.find(({ id }) => id === change);
  const choice = made && statusIn(made.items);
  if (choice === undefined || made?.author === undefined || !isPerson(made.author)) return undefined;

  const { to: _, ...rest } = heard;
  const to =
    choice === "transfer" && fields.assignee ? (fields.assignee.emailAddress ?? fields.assignee.accountId) : undefined;
  const by = { desk: "jira", user: made.author.accountId, email: made.author.emailAddress };
  const because = choice === "release" ? await reasonOf({ http }, issue, by.user) : undefined;
  return { ...rest, choice, by, ...(to !== undefined && { to }), ...(because !== undefined && { because }) };
}

const isPerson = ({ accountType = "atlassian", active = true }: z.infer<typeof Account>) =>
  active && accountType === "atlassian";
