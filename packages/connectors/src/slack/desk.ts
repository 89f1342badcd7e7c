import { type Desk, type Heard, type Message, type Ticket, unknownHere } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { shaped } from "../../kit/index.ts";
import { type Api, ask as askSlack, type Method, type Person, scopes } from "./api.ts";
import { EVENT_TYPE, escaped, render, shownIn } from "./blocks.ts";
import { read } from "./read.ts";

const Ref = z.object({ team: z.string(), channel: z.string(), ts: z.string() });
const Done = z.object({});

export const desk = { permissions: scopes, ask, edit, withdraw, read, confirm, tell } satisfies Desk<Api>;

/** Slack takes no idempotency key: what a crash left half done is found by the key in the message itself. */
async function ask(api: Api, message: Message): Promise<Ticket> {
  const { team, user } = await personOf(api, message);
  const opened = z.object({ channel: z.object({ id: z.string() }) });
  const channel = (await askSlack(api, "conversations.open", { users: user }, opened))?.channel.id ?? "";
  const [earlier] = await messagesOf(api, channel, message.key);
  if (earlier !== undefined) {
    const ticket: Ticket = { desk: "slack", ref: { team, channel, ts: earlier }, ...shownOf(message) };
    await edit(api, ticket, message);
    return ticket;
  }
  const posted = z.object({ ts: z.string() });
  const args = { channel, ...render(message), unfurl_links: false, unfurl_media: false };
  const said = await askSlack(api, "chat.postMessage", args, posted);
  return { desk: "slack", ref: { team, channel, ts: said?.ts ?? "" }, ...shownOf(message) };
}

function shownOf(message: Message): Pick<Ticket, "shown"> {
  const shown = shownIn(message);
  return shown < message.items.length ? { shown } : {};
}

async function edit(api: Api, ticket: Ticket, message: Message): Promise<void> {
  const { channel, ts } = shaped("slack", Ref, ticket.ref);
  await askSlack(api, "chat.update", { channel, ts, ...render(message) }, Done);
}

async function withdraw(api: Api, key: string, but: Ticket | undefined): Promise<number> {
  const kept = but && shaped("slack", Ref, but.ref);
  let taken = 0;
  for (const channel of kept === undefined ? await conversations(api) : [kept.channel])
    for (const ts of await messagesOf(api, channel, key))
      if (ts !== kept?.ts && (await askSlack(api, "chat.delete", { channel, ts }, Done, ["message_not_found"])))
        taken += 1;
  return taken;
}

const Found = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string(),
    deleted: z.optional(z.boolean()),
    is_bot: z.optional(z.boolean()),
    is_restricted: z.optional(z.boolean()), // a guest
    is_ultra_restricted: z.optional(z.boolean()),
    is_stranger: z.optional(z.boolean()), // of another workspace
    profile: z.optional(z.object({ email: z.optional(z.string()) })),
  }),
});

async function personOf(api: Api, { to }: Message): Promise<Person> {
  const { email } = to;
  if (email === undefined) throw unknownHere("slack", to.account); // Slack finds people by e-mail
  const known = api.people.get(email);
  if (known !== undefined) return known;
  const found = await askSlack(api, "users.lookupByEmail", { email }, Found, ["users_not_found"]);
  if (found === undefined || found.user.deleted === true) throw unknownHere("slack", to.account);
  const person = { team: found.user.team_id, user: found.user.id };
  api.people.set(email, person);
  return person;
}

/** The signature proves the click. Who a Slack user is, and that they are no guest, bot or former member, is asked now. */
async function confirm(api: Api, heard: Heard): Promise<Heard | undefined> {
  const clicked = await memberOf(api, heard.by.user, heard.ticket);
  if (clicked === undefined) return undefined;
  const by = { ...heard.by, email: clicked.profile?.email };
  if (heard.to === undefined) return { ...heard, by };
  const to = (await memberOf(api, heard.to, heard.ticket))?.profile?.email;
  return to === undefined ? undefined : { ...heard, by, to };
}

async function memberOf(api: Api, user: string, { ref }: Ticket) {
  const found = (await askSlack(api, "users.info", { user }, Found, ["user_not_found"]))?.user;
  if (found === undefined || found.team_id !== ref["team"]) return undefined;
  const { deleted, is_bot, is_restricted, is_ultra_restricted, is_stranger } = found;
  return [deleted, is_bot, is_restricted, is_ultra_restricted, is_stranger].includes(true) ? undefined : found;
}

const TOLD = 1_000;
const NOT_THERE = ["user_not_in_channel", "channel_not_found", "is_archived"];

/**
 * Under the message, for the one who clicked alone; it is gone when they load Slack anew, and may not reach them at all
 * (https://docs.slack.dev/reference/methods/chat.postEphemeral: also in direct messages, with chat:write). Slack takes no
 * key for it, so a crash may say it twice. Who has left the conversation meanwhile is not told, which is no fault.
 */
async function tell(api: Api, { by, ticket }: Heard, text: string): Promise<void> {
  const { channel } = shaped("slack", Ref, ticket.ref);
  const args = { channel, user: by.user, text: escaped(text, TOLD), parse: "none", link_names: false };
  await askSlack(api, "chat.postEphemeral", args, Done, NOT_THERE);
}

const Kept = z.object({
  ts: z.string(),
  metadata: z.catch(
    z.optional(z.object({ event_type: z.string(), event_payload: z.object({ key: z.unknown() }) })),
    undefined,
  ),
  blocks: z.catch(z.optional(z.array(z.object({ block_id: z.optional(z.string()) }))), undefined),
});
const Paged = z.object({
  response_metadata: z.optional(z.object({ next_cursor: z.optional(z.string()) })),
  messages: z._default(z.array(Kept), []),
  channels: z._default(z.array(z.object({ id: z.string() })), []),
});
type Paged = z.infer<typeof Paged>;

/** The messages under a key, oldest first. */
async function messagesOf(api: Api, channel: string, key: string): Promise<string[]> {
  const isOurs = ({ metadata, blocks }: z.infer<typeof Kept>) =>
    (metadata?.event_type === EVENT_TYPE && metadata.event_payload.key === key) ||
    blocks?.some(({ block_id }) => block_id?.startsWith(`leasehold:${key}:`));
  const pages = await everyPage(api, "conversations.history", { channel, include_all_metadata: true });
  return pages
    .flatMap(({ messages }) => messages.filter(isOurs))
    .map(({ ts }) => ts)
    .sort();
}

async function conversations(api: Api): Promise<string[]> {
  const pages = await everyPage(api, "users.conversations", { types: "im" });
  return pages.flatMap(({ channels }) => channels.map(({ id }) => id));
}

async function everyPage(api: Api, method: Method, args: Readonly<Record<string, unknown>>): Promise<Paged[]> {
  const pages: Paged[] = [];
  let cursor: string | undefined;
  do {
    const page: Paged | undefined = await askSlack(
      api,
      method,
      { ...args, limit: 200, ...(cursor && { cursor }) },
      Paged,
    );
    if (page !== undefined) pages.push(page);
    cursor = page?.response_metadata?.next_cursor || undefined; // an empty one is the end
  } while (cursor !== undefined);
  return pages;
}
