import { type DeskRequest, type Heard, OFFERED } from "@leasehold/core/connector";
import type { DecisionId, Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { isNear, isSigned, jsonIn, notAccepted, notProved, notTimely } from "../../kit/index.ts";
import { BECAUSE, MOST_WORDS, reasonBlock } from "./blocks.ts";

const WINDOW_SECONDS = 300; // both ways
const MOST_BYTES = 524_288;

const Decision = z.custom<DecisionId>((value) => typeof value === "string" && /^dec_\w{1,64}$/.test(value));
const Item = z.string().check(z.regex(/^[\w-]{1,80}$/));
const Word = z.string().check(z.minLength(1), z.maxLength(64));
const Value = z.object({ d: Decision, i: Item, c: z.enum(OFFERED) });

const Action = z.object({
  action_id: Word,
  action_ts: Word,
  block_id: z.string().check(z.maxLength(255)),
  value: z.optional(z.string().check(z.maxLength(2_000))),
  selected_user: z.nullish(Word),
});
type Action = z.infer<typeof Action>;

const Interaction = z.object({
  type: z.literal("block_actions"),
  team: z.object({ id: Word }),
  user: z.object({ id: Word, team_id: z.optional(Word) }),
  container: z.object({ channel_id: Word, message_ts: Word }),
  actions: z.array(Action).check(z.maxLength(25)),
  state: z.catch(z.optional(z.object({ values: z.record(z.string(), z.record(z.string(), z.unknown())) })), undefined),
});
type Interaction = z.infer<typeof Interaction>;

/** Decodes nothing before the signature over the raw body and the time have been checked. */
export function read({ headers, body }: DeskRequest, secrets: readonly string[], now: Instant): readonly Heard[] {
  const stamp = headers["x-slack-request-timestamp"] ?? "";
  const hex = /^v0=([0-9a-f]{64})$/.exec(headers["x-slack-signature"] ?? "")?.[1];
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers["content-type"] ?? "");
  const small = Buffer.byteLength(body) <= MOST_BYTES;
  if (!isForm || !small) throw notAccepted();
  if (!isSigned(`v0:${stamp}:${body}`, hex, secrets)) throw notProved(hex);
  if (!isNear(stamp, now, WINDOW_SECONDS)) throw notTimely(Number(stamp) * 1_000, now);

  const payload = jsonIn(new URLSearchParams(body).get("payload") ?? "");
  const interaction = Interaction.safeParse(payload);
  if (!interaction.success) return []; // signed by Slack, and none of our buttons
  return interaction.data.actions.flatMap((action) => heard(interaction.data, action) ?? []);
}

function heard({ team, user, container, state }: Interaction, action: Action): Heard | undefined {
  if (user.team_id !== undefined && user.team_id !== team.id) return undefined; // a guest of another workspace
  const said = saidBy(action);
  if (said === undefined || action.action_id !== `leasehold.${said.choice}`) return undefined;
  const { channel_id: channel, message_ts: ts } = container;
  const because = said.choice === "release" ? reasonIn(state, said) : undefined;
  return {
    ...said,
    ...(because !== undefined && { because }),
    by: { desk: "slack", user: user.id, email: undefined },
    ticket: { desk: "slack", ref: { team: team.id, channel, ts } },
    id: [team.id, ts, action.action_ts, user.id, action.action_id, said.item].join("/"),
  };
}

const Typed = z.object({ value: z.string().check(z.minLength(1), z.maxLength(MOST_WORDS)) });

/** Of the field beside this button, and of no other of the message. */
function reasonIn(state: Interaction["state"], { decision, item }: Pick<Heard, "decision" | "item">) {
  return Typed.safeParse(state?.values[reasonBlock(decision, item)]?.[BECAUSE]).data?.value;
}

function saidBy({
  action_id,
  value,
  block_id,
  selected_user,
}: Action): Pick<Heard, "decision" | "item" | "choice" | "to"> | undefined {
  if (action_id === "leasehold.transfer")
    return selected_user ? ofBlock(block_id, "transfer", selected_user) : undefined; // a select has no value
  if (action_id === "leasehold.migrate" && value === undefined) return ofBlock(block_id, "migrate");
  const read = Value.safeParse(jsonIn(value ?? ""));
  return read.success ? { decision: read.data.d, item: read.data.i, choice: read.data.c } : undefined;
}

function ofBlock(blockId: string, c: "transfer" | "migrate", to?: string) {
  const [, d, i] = /^leasehold:([^:]+):([^:]+)$/.exec(blockId) ?? [];
  const read = Value.safeParse({ d, i, c });
  if (!read.success) return undefined;
  return { decision: read.data.d, item: read.data.i, choice: read.data.c, ...(to !== undefined && { to }) };
}
