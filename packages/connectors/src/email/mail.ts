import { type Message, type MessageItem, restOf } from "@leasehold/core/connector";
import { badInput, localTime } from "@leasehold/core/kernel";

/** One mail as it goes over the wire. */
export interface Mail {
  readonly account: string; // acc_… of whoever gets it
  readonly to: string;
  readonly text: string; // header and body, with CRLF, and no line that is a dot alone
}

const SHOWN = 25; // items
export const shownOf = ({ items }: Message): number => Math.min(items.length, SHOWN);
const SUBJECT = 150; // characters
const LONGEST = 60_000; // characters of the text: a mail is read by a person

/** One plain address: no name, no list, no comment, no line break, nothing that a header or a command could take for more. */
export const isAddress = (text: string): boolean =>
  text.length <= 254 &&
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i.test(text);

export interface From {
  readonly from: string;
  readonly stage: string | undefined;
  readonly at: Date;
}

/** A question, or once it is over what became of it, as an answer to the first mail. */
export function mailOf(message: Message, { from, stage, at }: From): Mail {
  const { key, to, title, state } = message;
  if (to.email === undefined || !isAddress(to.email))
    throw badInput("a mail needs one e-mail address in plain ASCII, and this person has none", { account: to.account });
  if (!/^[\w-]{1,80}$/.test(key)) throw badInput("a message's key cannot be a Message-ID", { length: key.length });
  const id = (suffix = "") => `<${key}${suffix}@${from.split("@")[1]}>`;
  const over = state === "closed" && message.items.length > 0;
  const header = [
    `From: Leasehold <${from}>`,
    `To: <${to.email}>`,
    `Subject: ${subject(over ? `Nothing is asked any more: ${title}` : title)}`,
    `Date: ${at.toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: ${id(over ? ".closed" : "")}`,
    ...(over ? [`In-Reply-To: ${id()}`, `References: ${id()}`] : []),
    "Auto-Submitted: auto-generated",
    "X-Auto-Response-Suppress: All",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
  ];
  const body = Buffer.from(textOf(message, stage).slice(0, LONGEST), "utf8").toString("base64");
  const lines = body.match(/.{1,76}/g) ?? [];
  return { account: to.account, to: to.email, text: [...header, "", ...lines].join("\r\n") };
}

/** RFC 2047, in words of at most 75 characters: whatever a name contains, it is one header and no more. */
function subject(text: string): string {
  const words: string[] = [];
  let word = "";
  for (const character of flat(text, SUBJECT)) {
    if (Buffer.byteLength(word + character) > 45) {
      words.push(word);
      word = "";
    }
    word += character;
  }
  const encoded = (one: string) => `=?utf-8?B?${Buffer.from(one, "utf8").toString("base64")}?=`;
  return [...words, word].map(encoded).join("\r\n ");
}

function textOf(message: Message, stage: string | undefined): string {
  const { key, title, to, why, deadline, items, state } = message;
  const open = state !== "closed";
  const rest = restOf(message, shownOf(message));
  const on = stage === undefined ? "" : ` --stage ${stage}`;
  return [
    flat(title),
    "",
    `Why you: ${flat(why)}`,
    ...(open && deadline ? [`Decide by ${localTime(deadline, to.timeZone)}.`] : []),
    ...items.slice(0, SHOWN).flatMap((item) => ["", ...itemText(key, item, open, on)]),
    ...(rest === undefined ? [] : ["", flat(rest)]),
    "",
    ...(open && items.length > 0 ? [HOW] : []),
    NO_REPLY,
    "",
  ].join("\r\n");
}

const HOW =
  "You are written to because no other desk knows your address. Answer with the commands above, signed in as yourself, or ask " +
  "whoever runs Leasehold to put you on Slack or Jira.";
const NO_REPLY =
  "Nobody reads what is sent back to this address, and an answer by mail decides nothing. This mail has no buttons or links.";

const itemText = (
  key: string,
  { item, under, title, state, lines, choices }: MessageItem,
  open: boolean,
  on: string,
) => [
  ...(under === undefined ? [] : [flat(under)]),
  `* ${flat(title)}: ${flat(state)}`,
  ...lines.map((line) => `  - ${flat(line)}`),
  ...(open
    ? choices
        .filter((choice) => choice !== "release")
        .map((choice) => {
          const to = choice === "transfer" ? " --to <e-mail>" : "";
          return `  leasehold case answer ${key} ${item} ${choice}${to}${on}`;
        })
    : []),
];

/** One line: nothing that a name contains can begin another, nor become what a mail program takes for a link to click. */
const flat = (text: string, limit = 2_000) =>
  Array.from(
    text
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
      .replace(/:(?=[/][/])/g, "[:]")
      .replace(/\b(www|mailto|tel|javascript|data)([.:])/gi, "$1[$2]")
      .trim(),
  )
    .slice(0, limit)
    .join("");
