import type { DeskRequest } from "@leasehold/core/connector";
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
import { type Api, SLACK } from "./api.ts";

/** The workspace as plain JSON. */
export interface World {
  readonly team: string;
  readonly secret: string; // with which it signs; a demonstration's, of no use anywhere else
  readonly users: readonly User[];
  readonly messages: readonly Posted[];
  readonly count: number; // of messages ever posted, so that no two have one ts
  readonly told?: readonly Told[]; // what only one person saw
}
interface Told {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
}
export interface User {
  readonly id: string;
  readonly email: string;
  readonly deleted?: boolean;
  readonly isBot?: boolean;
  readonly isGuest?: boolean;
}
interface Posted {
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly metadata?: { readonly event_type: string; readonly event_payload: Readonly<Record<string, string>> };
}
interface Block {
  readonly type: string;
  readonly block_id?: string;
  readonly element?: { readonly action_id: string };
  readonly elements?: readonly { readonly action_id: string; readonly type: string; readonly value?: string }[];
}

export const empty: World = { team: "T0EXAMPLE01", secret: "demo signing secret", users: [], messages: [], count: 0 };

const SAMPLE: World = {
  ...empty,
  users: [
    { id: "U0GRACE0001", email: "grace@example.com" },
    { id: "U0SAM000001", email: "sam@example.com" },
  ],
};

const REFUSAL: Reply = { status: 200, json: { ok: false, error: "missing_scope" } };
const no = (error: string): Reply => ({ status: 200, json: { ok: false, error } });
const yes = (json: object = {}): Reply => ({ status: 200, json: { ok: true, ...json } });
const channelOf = ({ id }: User) => `D${id.slice(1)}`;

/** A Slack workspace behind its own Web API, with people who press the buttons they are shown. */
export const simulator: Simulator<Api, World> = { sample: { world: SAMPLE }, signing: [empty.secret], live };

function live(memory: Memory<World>, clock: Clock): Live<Api> & { readonly calls: string[] } {
  const world = () => memory.get() ?? empty;
  const calls: string[] = [];
  const fetch = serve({
    routes: routesOf(world, (to) => memory.set({ ...world(), ...to }), clock),
    mood: () => running.mood,
    called: (permission) => calls.push(permission),
    refusal: REFUSAL,
  });
  const http = createHttp({ provider: "slack", base: SLACK, hosts: ["slack.com"], clock, fetch });
  const running: Live<Api> & { readonly calls: string[] } = {
    api: { http, people: new Map() },
    calls,
    mood: "willing",
    told: () => (world().told ?? []).map(({ user, text }) => ({ user: emailOf(world(), user), text })),
    absorb: () => {}, // nothing that happens elsewhere changes a workspace
    click: (press) => signed(world(), pressed(world(), press, clock), clock),
  };
  return running;
}

function routesOf(world: () => World, put: (to: Partial<World>) => void, clock: Clock): readonly Served[] {
  const on = (
    method: string,
    scope: string,
    answer: (asked: Asked, args: Readonly<Record<string, string>>) => Reply,
  ): Served => [
    "POST",
    new RegExp(`^/api/${method.replace(".", "[.]")}$`),
    scope,
    (asked) => answer(asked, { ...Object.fromEntries(asked.form), ...(asked.body as object) }),
  ];
  const person = (user: User | undefined, otherwise: string) =>
    user ? yes({ user: userJson(world(), user) }) : no(otherwise);
  const at = (args: Readonly<Record<string, string>>) => (one: Posted) =>
    one.channel === args["channel"] && one.ts === args["ts"];

  return [
    on("users.lookupByEmail", "users:read.email", (_, { email }) =>
      person(
        world().users.find((user) => user.email === email && user.deleted !== true),
        "users_not_found",
      ),
    ),
    on("users.info", "users:read", (_, { user }) =>
      person(
        world().users.find(({ id }) => id === user),
        "user_not_found",
      ),
    ),
    on("users.conversations", "im:read", () =>
      yes({ channels: world().users.map((user) => ({ id: channelOf(user) })) }),
    ),
    on("conversations.open", "im:write", (_, args) => {
      const user = world().users.find(({ id }) => id === args["users"]);
      return user ? yes({ channel: { id: channelOf(user) } }) : no("user_not_found");
    }),
    on("conversations.history", "im:history", (_, args) => history(world(), args)),
    on("chat.postMessage", "chat:write", ({ body }) => {
      const count = world().count + 1;
      const ts = `${Math.floor(millisOf(clock()) / 1000)}.${String(count).padStart(6, "0")}`;
      put({ count, messages: [...world().messages, { ...(body as Posted), ts }] });
      return yes({ channel: (body as Posted).channel, ts });
    }),
    on("chat.postEphemeral", "chat:write", ({ body }) => whisper(world(), put, body as Told, clock)),
    on("chat.update", "chat:write", ({ body }, args) => {
      if (!world().messages.some(at(args))) return no("message_not_found");
      put({ messages: world().messages.map((one) => (at(args)(one) ? { ...one, ...(body as Posted) } : one)) });
      return yes({ ts: args["ts"] });
    }),
    on("chat.delete", "chat:write", (_, args) => {
      if (!world().messages.some(at(args))) return no("message_not_found");
      put({ messages: world().messages.filter((one) => !at(args)(one)) });
      return yes({ ts: args["ts"] });
    }),
  ];
}

function whisper(world: World, put: (to: Partial<World>) => void, { channel, user, text }: Told, clock: Clock): Reply {
  const there = world.users.find(({ id }) => id === user);
  if (there === undefined || channelOf(there) !== channel) return no("user_not_in_channel");
  put({ told: [...(world.told ?? []), { channel, user, text }] });
  return yes({ message_ts: `${Math.floor(millisOf(clock()) / 1000)}.000002` });
}

const emailOf = ({ users }: World, id: string) => users.find((user) => user.id === id)?.email ?? id;

const userJson = ({ team }: World, { id, email, deleted = false, isBot = false, isGuest = false }: User) => ({
  ...{ id, team_id: team, deleted, is_bot: isBot, is_restricted: isGuest },
  profile: { email },
});

/** Newest first, as Slack gives them; metadata only to those who ask for it. */
function history(
  { messages }: World,
  { channel, limit = "100", cursor = "0", include_all_metadata }: Readonly<Record<string, string>>,
): Reply {
  const all = messages.filter((one) => one.channel === channel).reverse();
  const end = Number(cursor) + Number(limit);
  const page = all.slice(Number(cursor), end);
  const shown = include_all_metadata === "true" ? page : page.map(({ metadata: _, ...one }) => one);
  return yes({ messages: shown, response_metadata: { next_cursor: end < all.length ? String(end) : "" } });
}

function pressed(world: World, { user, message, item, choice, to, because }: Press, clock: Clock): object {
  const by = world.users.find(({ email }) => email === user);
  const posted = world.messages.findLast(({ metadata }) => metadata?.event_payload["key"] === message);
  const block = posted?.blocks.find(
    ({ type, block_id }) => type === "actions" && block_id === `leasehold:${message}:${item}`,
  );
  const element = block?.elements?.find(({ action_id }) => action_id === `leasehold.${choice}`);
  if (by === undefined || posted === undefined || block === undefined || element === undefined)
    throw badInput("there is no such button for this person", { choice });
  const selected = world.users.find(({ email }) => email === to)?.id;
  const { action_id, type, value } = element;
  const action_ts = `${Math.floor(millisOf(clock()) / 1000)}.000001`;
  return {
    type: "block_actions",
    team: { id: world.team, domain: "example" },
    user: { id: by.id, username: by.email.split("@")[0], team_id: world.team },
    container: { type: "message", message_ts: posted.ts, channel_id: posted.channel, is_ephemeral: false },
    ...typed(posted, because),
    actions: [
      { action_id, type, value, block_id: block.block_id, action_ts, ...(selected && { selected_user: selected }) },
    ],
  };
}

/** Every field of the message with what stands in it, also where that is nothing. */
function typed({ blocks }: Posted, because: string | undefined) {
  const fields = blocks.filter(({ type }) => type === "input");
  const value = because ?? null;
  const state = (block: Block) => ({ [block.element?.action_id ?? ""]: { type: "plain_text_input", value } });
  const values = Object.fromEntries(fields.map((block) => [block.block_id ?? "", state(block)]));
  return fields.length === 0 ? {} : { state: { values } };
}

function signed({ secret }: World, payload: object, clock: Clock): DeskRequest {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const stamp = String(Math.floor(millisOf(clock()) / 1000));
  return {
    body,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": stamp,
      "x-slack-signature": `v0=${signatureOf(secret, `v0:${stamp}:${body}`)}`,
    },
  };
}
