import { type Desk, type Message, type MessageItem, type Ticket, unknownHere } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { pathOf, shaped } from "../../kit/index.ts";
import { type Api, accountOf, finish, type Issue, issuesOf, labelOf } from "./api.ts";
import { confirm } from "./confirm.ts";
import { read } from "./read.ts";
import { seal } from "./seal.ts";
import { tell } from "./tell.ts";
import { isOver, issueText, itemText, overText, shownOf } from "./text.ts";

const Ref = z.object({ issue: z.string() });

/** One issue for a message and one sub-task for each item, for an answer is per item. */
export const desk = {
  permissions: [
    "BROWSE_PROJECTS",
    "CREATE_ISSUES",
    "EDIT_ISSUES",
    "ASSIGN_ISSUES",
    "TRANSITION_ISSUES",
    "DELETE_ISSUES",
    "USER_PICKER",
    "ADD_COMMENTS",
  ],
  ask,
  edit,
  withdraw,
  read,
  confirm,
  tell,
} satisfies Desk<Api>;

/** Jira takes no idempotency key: what a crash left half done is found by its label and completed. */
async function ask(api: Api, message: Message): Promise<Ticket> {
  const assignee = await custodianOf(api, message);
  const { parents, subtasks } = await issuesOf(api, message.key);
  const issue = parents[0]?.key ?? (await create(api, issueFields(api, message), { key: message.key })).key;
  await api.http.call({
    ...{ method: "PUT", path: pathOf`/rest/api/3/issue/${issue}/assignee` },
    ...{ body: { accountId: assignee }, permission: "ASSIGN_ISSUES" },
  });
  if (parents[0] !== undefined) await update(api, issue, issueText(message));
  await layItems(api, issue, message, subtasks);
  const shown = shownOf(message).length;
  return { desk: "jira", ref: { issue }, ...(shown < message.items.length && { shown }) };
}

async function edit(api: Api, ticket: Ticket, message: Message): Promise<void> {
  const { issue } = shaped("jira", Ref, ticket.ref);
  const { subtasks } = await issuesOf(api, message.key);
  await update(api, issue, issueText(message));
  await layItems(api, issue, message, subtasks);
  if (message.state === "closed") await finish(api, issue);
}

/** Issues that repeat the message, and beneath the one that stays the sub-tasks that repeat an item. */
async function withdraw(api: Api, key: string, but: Ticket | undefined): Promise<number> {
  const kept = but && shaped("jira", Ref, but.ref).issue;
  const { parents, subtasks } = await issuesOf(api, key);
  const items = new Set<string>();
  const repeated = subtasks.filter(({ fields }) => {
    if (fields.parent?.key !== kept) return false; // goes with its parent
    const item = itemLabel(fields.labels, key);
    const again = items.has(item);
    items.add(item);
    return again;
  });
  const gone = [...parents.filter((parent) => parent.key !== kept), ...repeated];
  for (const issue of gone) {
    const path = `${pathOf`/rest/api/3/issue/${issue.key}`}?deleteSubtasks=true`;
    await api.http.call({ method: "DELETE", path, permission: "DELETE_ISSUES", accept: [404] });
  }
  return gone.length;
}

async function layItems(api: Api, issue: string, message: Message, subtasks: readonly Issue[]): Promise<void> {
  const mine = subtasks.filter(({ fields }) => fields.parent?.key === issue);
  for (const item of shownOf(message)) {
    const there = mine.find(({ fields }) => fields.labels.includes(labelOf(item.item)));
    if (there !== undefined) await update(api, there.key, itemText(message, item));
    const of = { key: message.key, item: item.item };
    const { id } = there ?? (await create(api, itemFields(api, issue, message, item), of));
    await seal(api, id, of, there?.properties?.leasehold);
  }
  await endOthers(api, message, mine);
}

/** A hold that has moved is another item. What was pressed on the one before says what it was shown, so that one is closed and not re-used. */
async function endOthers(api: Api, { items }: Message, mine: readonly Issue[]): Promise<void> {
  const labels = items.map(({ item }) => labelOf(item));
  for (const { key, fields } of mine) {
    if (isOver(fields.summary) || labels.some((label) => fields.labels.includes(label))) continue;
    await finish(api, key);
    await update(api, key, overText(fields.summary)); // last: a crash before it is seen, and this comes again
  }
}

const issueFields = ({ project, issueType }: Api, message: Message) => ({
  project: { key: project },
  issuetype: { name: issueType },
  labels: ["leasehold", labelOf(message.key)],
  ...issueText(message),
});

const itemFields = ({ project, subtaskType }: Api, parent: string, message: Message, item: MessageItem) => ({
  project: { key: project },
  issuetype: { name: subtaskType },
  parent: { key: parent },
  labels: ["leasehold", labelOf(message.key), labelOf(item.item)],
  ...itemText(message, item),
});

const itemLabel = (labels: readonly string[], key: string) =>
  labels.find((label) => label.startsWith("leasehold-") && label !== labelOf(key)) ?? "";

async function create({ http }: Api, fields: object, value: object): Promise<Pick<Issue, "id" | "key">> {
  const body = { fields, properties: [{ key: "leasehold", value }] };
  const { json } = await http.call({ method: "POST", path: "/rest/api/3/issue", body, permission: "CREATE_ISSUES" });
  return shaped("jira", z.object({ id: z.string(), key: z.string() }), json);
}

async function update({ http }: Api, issue: string, fields: object): Promise<void> {
  await http.call({
    method: "PUT",
    path: pathOf`/rest/api/3/issue/${issue}`,
    body: { fields },
    permission: "EDIT_ISSUES",
  });
}

async function custodianOf(api: Api, { to }: Message): Promise<string> {
  const found = to.email === undefined ? undefined : await accountOf(api, to.email);
  if (found === undefined) throw unknownHere("jira", to.account);
  return found;
}
