import { type Message, type MessageItem, type Offered, restOf } from "@leasehold/core/connector";
import { localTime } from "@leasehold/core/kernel";

/** The statuses that a sub-task is moved to, one for each answer; the project's workflow has them under these names. */
export const STATUSES: Readonly<Record<Offered, string>> = {
  retire: "Retire",
  keep: "Keep",
  transfer: "Transfer",
  migrate: "Move to short-lived",
  snooze: "Snooze",
  "leave-off": "Leave it off",
  release: "Release",
};

const MEANS = new Map<string, Offered>([
  ...Object.entries(STATUSES).map(([choice, status]) => [status.toLowerCase(), choice as Offered] as const),
  ["switch off", "retire"],
  ["leave off", "leave-off"],
]);

export const choiceOf = (status: string): Offered | undefined => MEANS.get(status.trim().toLowerCase());

const SHOWN = 50; // sub-tasks of one issue

export const shownOf = ({ items }: Message): readonly MessageItem[] => items.slice(0, SHOWN);

const OVER = "Over: ";
export const isOver = (title: string): boolean => title.startsWith(OVER);

/** Of a sub-task that its message shows no more: what it said has moved, and a newer one stands beside it where it is still asked. */
export const overText = (title: string) => ({
  summary: summary(`${OVER}${title}`),
  description: doc([
    paragraph("Nothing is asked here any more, and moving this changes nothing: see the newest sub-task beside it."),
  ]),
});

export function issueText(message: Message) {
  const { title, why, deadline, state, to } = message;
  const rest = restOf(message, shownOf(message).length);
  const how = "Each sub-task is one credential. Answer by moving it to one of the statuses that it names.";
  const closed = state === "closed";
  return {
    summary: summary(state === "reminder" ? `Reminder: ${title}` : closed ? `Closed: ${title}` : title),
    description: doc([
      paragraph(`Why you: ${why}`),
      ...(deadline && !closed ? [paragraph(`Decide by ${localTime(deadline, to.timeZone)}.`)] : []),
      paragraph(closed ? "Nothing is asked any more." : how),
      ...(rest === undefined ? [] : [paragraph(rest)]),
    ]),
  };
}

export function itemText({ state: stage }: Message, { title, lines, choices, state, under }: MessageItem) {
  const answers = choices.map((choice) => STATUSES[choice]).join(", ");
  const transfer = choices.includes("transfer") ? " To transfer, first assign it to whoever takes it over." : "";
  const release = choices.includes("release")
    ? " First write why as a comment here. Where that was forgotten, move it back and then there again."
    : "";
  return {
    summary: summary(title),
    description: doc([
      ...(under === undefined ? [] : [paragraph(under)]),
      paragraph(state),
      { type: "bulletList", content: lines.map((line) => ({ type: "listItem", content: [paragraph(line)] })) },
      ...(stage === "closed" || choices.length === 0
        ? []
        : [paragraph(`Answer by moving this to: ${answers}.${transfer}${release}`)]),
    ]),
  };
}

/** What is said to the one who moved a sub-task. A mention is a node of its own, by account id: no text can become one. */
export const toldText = (accountId: string, text: string, mark: string) =>
  doc([
    {
      type: "paragraph",
      content: [
        { type: "mention", attrs: { id: accountId } },
        { type: "text", text: ` ${flat(text)} ${mark}` },
      ],
    },
  ]);

const LONGEST = 250;

/** One line: Jira takes 255 characters and no line breaks. */
function summary(text: string): string {
  const line = flat(text);
  return line.length <= LONGEST
    ? line
    : `${Array.from(line)
        .slice(0, LONGEST / 2)
        .join("")}…`;
}

const LONGEST_TEXT = 2_000;

/** Text nodes of the Atlassian Document Format are never parsed, so that no name can become markup or a mention. */
const paragraph = (text: string) => ({
  type: "paragraph",
  content: flat(text) === "" ? [] : [{ type: "text", text: flat(text) }],
});
/** One line, cut between characters: half of one is no text that Jira takes. */
const flat = (text: string) =>
  Array.from(text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ").trim())
    .slice(0, LONGEST_TEXT)
    .join("");
const isEmptyList = (node: { readonly type: string; readonly content: readonly unknown[] }) =>
  node.type === "bulletList" && node.content.length === 0;
const doc = (content: readonly { readonly type: string; readonly content: readonly unknown[] }[]) => ({
  type: "doc",
  version: 1,
  content: content.filter((node) => !isEmptyList(node)),
});
