import { type Message, type MessageItem, OFFERED, type Offered, restOf } from "@leasehold/core/connector";
import { type Instant, localTime, millisOf } from "@leasehold/core/kernel";

export const EVENT_TYPE = "leasehold_decision";
const MOST_BLOCKS = 44; // of items; Slack takes fifty in all
const MOST_TEXT = 11_000; // characters of their JSON; from some 12,000 Slack says msg_blocks_too_long (slackapi/bolt-js issue 2509)
const TEXT = 2_900; // Slack takes 3,000 in a section
const HEADER = 150;

export const BECAUSE = "leasehold.because";
export const MOST_WORDS = 300; // characters of a reason

const LABELS: Readonly<Record<Offered, string>> = {
  retire: "Retire",
  keep: "Keep, I take ownership",
  transfer: "Transfer to…",
  migrate: "Move to short-lived",
  snooze: "Snooze",
  "leave-off": "Leave it off",
  release: "Release",
};

/** One message of one custodian in Block Kit, with the key in its metadata and in every block's id. */
export function render(message: Message) {
  const { key, items, state } = message;
  const title = state === "reminder" ? `Reminder: ${message.title}` : message.title;
  const rest = restOf(message, shownIn(message));
  const open = state !== "closed";
  const blocks = [
    { type: "header", text: plain(title, HEADER) },
    mrkdwn(`*Why you:* ${escaped(message.why, TEXT)}`),
    ...(open && message.deadline ? [mrkdwn(`*Decide by* ${theirTime(message.deadline, message.to.timeZone)}`)] : []),
    ...items.slice(0, shownIn(message)).flatMap((item, index) => itemBlocks(key, item, open, items[index - 1]?.under)),
    ...(rest === undefined ? [] : [mrkdwn(escaped(rest, 600))]),
  ].map((block, index) => ({ block_id: `leasehold:${key}:-${index}`, ...block }));
  const metadata = { event_type: EVENT_TYPE, event_payload: { key } };
  return { text: escaped(title, TEXT), blocks, metadata };
}

/** How many of its items, from the first, have room in one message; the first always has. Buttons or none, it is the same. */
export function shownIn({ key, items }: Message): number {
  let [blocks, text] = [0, 0];
  for (const [index, item] of items.entries()) {
    const its = itemBlocks(key, item, true, items[index - 1]?.under);
    blocks += its.length;
    text += JSON.stringify(its).length + its.length * key.length;
    if (index > 0 && (blocks > MOST_BLOCKS || text > MOST_TEXT)) return index;
  }
  return items.length;
}

function itemBlocks(key: string, item: MessageItem, open: boolean, before: string | undefined): object[] {
  const { under } = item;
  const head = under === undefined || under === before ? [] : [mrkdwn(`*${escaped(under, 600)}*`)];
  return [{ type: "divider" }, ...head, ...ownBlocks(key, item, open)];
}

function ownBlocks(key: string, item: MessageItem, open: boolean): object[] {
  const { title, state, lines, choices } = item;
  const words = [state, ...lines].map((line) => `• ${escaped(line, 400)}`).join("\n");
  const section = mrkdwn(clipped(`*${escaped(title, 300)}*\n${words}`));
  const elements = OFFERED.filter((choice) => choices.includes(choice)).map((choice) => element(key, item, choice));
  if (!open || elements.length === 0) return [section];
  const reason = choices.includes("release") ? [reasonFor(key, item)] : [];
  return [section, ...reason, { type: "actions", block_id: `leasehold:${key}:${item.item}`, elements }];
}

/** Whatever stands in it comes along with a press of any button of the message (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload). */
const reasonFor = (key: string, { item }: MessageItem) => ({
  ...{ type: "input", block_id: reasonBlock(key, item), label: plain("Why", 75) },
  element: { type: "plain_text_input", action_id: BECAUSE, max_length: MOST_WORDS },
});
export const reasonBlock = (key: string, item: string) => `leasehold:${key}:${item}:because`;

/** A button carries ids only; what they stand for stays with us. */
function element(key: string, { item, title }: MessageItem, choice: Offered) {
  const action_id = `leasehold.${choice}`;
  if (choice === "transfer") return { type: "users_select", action_id, placeholder: plain(LABELS.transfer, 150) };
  const text = { type: "plain_text", text: LABELS[choice] };
  if (choice === "migrate") return { type: "button", action_id, text }; // which one it is of stands in its block's id: room for more items
  const value = JSON.stringify({ d: key, i: item, c: choice });
  const button = { type: "button", action_id, text, value };
  if (choice === "release") return { ...button, style: "danger", confirm: letGo(title) };
  return choice === "retire" ? { ...button, style: "danger", confirm: confirmation(title) } : button;
}

const letGo = (title: string) => ({
  title: plain("Let all of them go on?", 100),
  text: plain(`${title}: whoever is held goes on, as the message shows it.`, 300),
  confirm: plain("Release", 30),
  deny: plain("Not now", 30),
});

const confirmation = (title: string) => ({
  title: plain("Retire this credential?", 100),
  text: plain(`${title} is switched off as described in the message.`, 300),
  confirm: plain("Retire", 30),
  deny: plain("Not now", 30),
});

const plain = (text: string, limit: number) => ({ type: "plain_text", text: escaped(text, limit), emoji: false });
const mrkdwn = (text: string) => ({ type: "section", text: { type: "mrkdwn", text, verbatim: true } });

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Nothing that a name contains can become a mention or a link; cut between characters, never inside an entity. */
export function escaped(text: string, limit: number): string {
  let out = "";
  for (const character of text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")) {
    const next = ENTITIES[character] ?? character;
    if (out.length + next.length > limit - 1) return `${out}…`;
    out += next;
  }
  return out;
}

const clipped = (text: string) => (text.length <= TEXT ? text : `${text.slice(0, text.lastIndexOf("\n", TEXT))}\n…`);

/** In the reader's own zone, as Slack knows it; what stands behind the bar is for where Slack cannot tell. */
const theirTime = (at: Instant, timeZone: string) =>
  `<!date^${Math.floor(millisOf(at) / 1000)}^{date_short_pretty} {time}|${localTime(at, timeZone)}>`;
