import type { ActView, ItemView, LostView, QuestionView } from "@leasehold/app/case-view";
import { calledOf, shortly } from "../../terminal/index.ts";
import { movedLine } from "../plan/index.ts";

type WindDownView = NonNullable<ItemView["windDown"]>;

/** One credential of a case, as a person reads it. */
export function itemLines(item: ItemView): readonly string[] {
  const { credential, type, identity, state, reach, lastUsed, owner, left, moved, windDown } = item;
  return [
    `${type ?? "credential"} of ${identity ?? "an unknown identity"}  (${credential})`,
    `  state: ${state}; reach: ${reach}; last used: ${lastUsed.slice(0, 10)}`,
    owner ? `  owner: ${calledOf(owner)}, ${owner.word}, ${owner.standing}` : "  owner: nobody is known",
    ...(left === undefined ? [] : [`  left: ${left}`]),
    ...moved.map((one) => `  moved since its plan: ${movedLine(one)}`),
    ...(windDown ? windDownLines(windDown) : []),
  ];
}

function windDownLines({
  id,
  rung,
  question,
  wants,
  answer,
  wishes = [],
  acts,
  lost,
  back,
  intent,
  closed,
  trail,
}: WindDownView): readonly string[] {
  return [
    `  ${id}: ${rung}${closed ? `, closed ${shortly(closed.at)}: ${closed.as}` : ""}`,
    ...(question ? questionLines(question) : []),
    ...(wants === undefined ? [] : [`  somebody must be asked: ${wants}`]),
    ...(answer ? [`  answered: ${answerWords(answer)}`] : []),
    ...wishes.map(wishLine).map((line) => `  ${line}`),
    ...(back ? [`  undo: ${backWords(back)}`] : []),
    ...acts.flatMap(actLines),
    ...lost.flatMap(lostLines),
    ...(intent ? [`  under way: ${intent.key} (${intent.does}), to be done by ${shortly(intent.actBy)}`] : []),
    `  trail: ${trail.entries} entries, ends at ${trail.hash}`,
  ];
}

/** It is no answer, and says so. A stage of before does not say who wishes for it. */
const wishLine = ({ at, ...by }: WindDownView["wishes"][number]): string =>
  `wish: move to short-lived, by ${calledOf(by)} at ${shortly(at)}; nothing is decided by it`;

const questionLines = ({ custodian, until, ifSilent, decision }: QuestionView): readonly string[] => [
  `  asked: ${calledOf(custodian)} (${decision})`,
  ifSilent === "goes down"
    ? `  if nobody answers by ${shortly(until)} it goes down one rung`
    : `  if nobody answers by ${shortly(until)} nothing is done to it, and the next person is asked`,
];

function answerWords(answer: NonNullable<WindDownView["answer"]>): string {
  switch (answer.kind) {
    case "keep":
      return answer.accepted
        ? `keep, by ${answer.newOwner}`
        : `offered to ${answer.newOwner} until ${shortly(answer.lapses)}`;
    case "hold":
      return `wait until ${shortly(answer.until)}`;
    case "leave-off":
      return `leave it off, by ${answer.by}`;
    case "yes":
      return `yes, by ${answer.voices.map(({ account, at }) => `${account} at ${shortly(at)}`).join(" and ")}`;
    case "undo":
      return `undo${answer.by === undefined ? "" : `, by ${answer.by}`}`;
  }
}

const actLines = ({ verb, from, to, at, adopted, verified, wayBack, ...proof }: ActView): readonly string[] => [
  `  done: ${verb} ${shortly(at)}, ${from} to ${to}${adopted ? " (it was so already)" : ""}, ${verified}${readLine(proof)}`,
  ...(proof.sessionsUntil === undefined || proof.final
    ? []
    : [`  a session that was opened with it before can live until ${shortly(proof.sessionsUntil)}`]),
  ...(proof.left === undefined ? [] : [`  left on: ${proof.left}`]),
  ...(wayBack === undefined ? [] : [`  way back: ${wayBack}`]),
];

const readLine = ({ readAt }: Pick<ActView, "readAt">): string =>
  readAt === undefined ? "" : `, read back ${shortly(readAt)}`;

/** The same words when it is asked for and whenever the case is shown. */
export const backWords = ({ as, because }: { readonly as: string; readonly because?: string }): string =>
  because === undefined ? as : `${as}: ${because}`;

const lostLines = (one: LostView): readonly string[] => [
  `  not ours to take back any more: ${one.verb} ${shortly(one.at)}, ${one.because}`,
];
