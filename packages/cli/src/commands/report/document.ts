import type { CaseReport } from "@leasehold/app/audit";
import { count, inHandLine, keptLine } from "../../terminal/index.ts";

/** One part of the page: a head, and lines or a table under it. */
export interface Part {
  readonly head: string;
  readonly lines: readonly string[];
}

type Item = CaseReport["items"][number];

/** What an auditor reads, in the order of asking: who, why, what was done and proven, what is left, what was not looked at, can I trust it. */
export function partsOf(report: CaseReport): readonly Part[] {
  const { story, accounts, status, gatesLine } = { ...report, gatesLine: gates(report) };
  const who = accounts.map((account) => calledIn(report, account));
  return [
    { head: "Who", lines: who.length === 0 ? ["no account is known"] : who },
    {
      head: "What opened it",
      lines: story.triggers.map(
        ({ kind, subject, occurredAt, recordedAt }) =>
          `${kind} of ${subject}: happened ${occurredAt}, first learned ${recordedAt}`,
      ),
    },
    { head: "What the directory said, read live", lines: gatesLine },
    {
      head: "How it stands",
      lines: [story.closed === undefined ? `${status}` : `closed ${story.closed.at}: ${story.closed.because}`],
    },
    ...report.items.map((item) => ({
      head: `Credential ${item.credential ?? "unknown"}`,
      lines: itemLines(report, item),
    })),
    ...part(
      "Left without a wind-down",
      report.left.map(({ credential, because }) => `${credential}: ${because}`),
    ),
    { head: "What was looked at, and what was not", lines: completenessLines(report) },
    { head: "The trails, walked from their first entry", lines: trailLines(report) },
  ];
}

const part = (head: string, lines: readonly string[]): readonly Part[] => (lines.length === 0 ? [] : [{ head, lines }]);

/** An account id, and the name that a directory has for it today, where it has one. */
const calledIn = ({ names }: CaseReport, account: string): string => {
  if (!account.startsWith("acc_")) return account;
  return names[account] === undefined ? `${account} (no name is kept)` : `${account} (${names[account]})`;
};

function gates({ story }: CaseReport): readonly string[] {
  const said = story.gates.flatMap(({ at, says, certainty, because, said: words }) => [
    `${at}: ${says}, certainty ${certainty}${because === "" ? "" : ` (${because})`}`,
    ...(words === "" ? [] : words.split("; ").map((word) => `  ${word}`)),
  ]);
  const back = story.reinstated === undefined ? [] : [`${story.reinstated}: reinstated`];
  return [...said, ...back].length === 0 ? ["not read yet"] : [...said, ...back];
}

function itemLines(report: CaseReport, item: Item): readonly string[] {
  const called = (account: string) => calledIn(report, account);
  const { windDown, connector, type, rung, opened, closed, because, undoAsked } = item;
  return [
    `${type} of ${connector}; wind-down ${windDown}, opened ${opened ?? "at no known time"}; stands ${rung}`,
    ...item.questions.map(
      ({ at, of, until, ifSilent }) => `${at} asked ${called(of)} until ${until}; on silence: ${ifSilent}`,
    ),
    ...item.answers.map(({ at, by, choice }) => `${at} answered by ${called(by)}: ${choice}`),
    ...item.wishes.map(({ at, by }) => `${at} wish: move to short-lived, by ${called(by)}; no answer`),
    ...item.acts.map(
      ({ at, does, verb, to, how, verdict, provenAt }) =>
        `${at} ${does === "undo" ? "undid" : "did"} ${verb}, to ${to} (${how}); proof: ${verdict}${provenAt === undefined ? "" : ` at ${provenAt}`}`,
    ),
    ...(undoAsked ? [`${undoAsked.at} undo asked by ${called(undoAsked.by)}`] : []),
    closed === undefined ? "open" : `closed ${closed.at} as ${closed.as}`,
    ...(because === "" ? [] : [`why it is not dead: ${because}`]),
  ];
}

function completenessLines({ completeness }: CaseReport): readonly string[] {
  if (completeness === undefined) return ["The case is open: the statement is written when it closes."];
  const { sources, places = [], notSupported, left, notVisible, notLookedFor = [] } = completeness;
  const { inHand = [], kept = [] } = completeness;
  return [
    ...sources.map(
      ({ connector, whole, at }) =>
        `source ${connector}: ${at ? `${whole ? "whole" : "in part"}, last listed ${at}` : "never listed"}`,
    ),
    ...places.map(({ connector, tenant }) => `place: ${connector} ${tenant}`),
    ...kept.map((one) => `kept: ${keptLine(one)}`),
    ...inHand.map((one) => `in hand: ${inHandLine(one)}`),
    ...notSupported.map((type) => `cannot be taken down by us: ${type}`),
    ...left.map(({ credential, because }) => `left: ${credential}: ${because}`),
    ...notVisible.map((line) => `not seen: ${line}`),
    ...notLookedFor.map((line) => `not looked for: ${line}`),
  ];
}

function trailLines({ trails }: CaseReport): readonly string[] {
  const wrong = trails.filter(({ broken }) => broken !== undefined);
  return [
    ...trails.map(({ trail, entries, hash, broken }) =>
      broken === undefined
        ? `${trail}: ${count(entries, "entry", "entries")}, whole, ends at ${hash}`
        : `${trail}: BROKEN: ${broken}`,
    ),
    wrong.length === 0 ? "every chain whole" : `${wrong.length} of ${trails.length} broken`,
  ];
}

export const titleOf = ({ case: id, at, story }: CaseReport): string =>
  `${story.drill ? "Drill, no leaver: case" : "Case"} ${id}, as of ${at}`;

export const asText = (title: string, parts: readonly Part[]): readonly string[] => [
  title,
  ...parts.flatMap(({ head, lines }) => ["", head, ...lines.map((line) => `  ${line}`)]),
];

/** Names come from outside: none may make a link, an image or a tag on somebody's screen. */
const escaped = (text: string) => text.replaceAll(/[\\`*_{}[\]<>()#+!|&~]/g, "\\$&");

export const asMarkdown = (title: string, parts: readonly Part[]): readonly string[] => [
  `# ${escaped(title)}`,
  ...parts.flatMap(({ head, lines }) => ["", `## ${escaped(head)}`, "", ...lines.map((line) => `- ${escaped(line)}`)]),
];
