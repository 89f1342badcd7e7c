import type { Counterfactual, ItemPreview, Preview } from "@leasehold/app/preview";
import type { Moved } from "@leasehold/core/casework";
import { calledOf, count, list, nameOf, shortly, table } from "../../terminal/index.ts";
import { courseLines } from "./course-lines.ts";

/** A preview, as a person reads it. */
export function linesOf(preview: Preview): readonly string[] {
  const { person, made, token, chain, items, missing, notVisible } = preview;
  return [
    `${person ? calledOf(person) : "nobody owns it"}: plan ${token}, made ${shortly(made)}. Nothing was changed, nobody was asked.`,
    ...whether(preview),
    `Asked in this order: ${chain.custodians.map(nameOf).join(", then ")} (the last is the fallback).`,
    ...chain.skipped.map((one) => `Not asked: ${nameOf(one)}, who ${one.because}.`),
    brakeLine(preview),
    totalsLine(preview),
    ...items.flatMap((item, n) => ["", ...itemLines(item, n + 1)]),
    "",
    ...list("Known of the providers:", knownLines(items)),
    ...missing.flatMap(({ connector, what }) => list(`Missing at ${connector}:`, what)),
    ...list("What could not be seen:", notVisible),
  ];
}

/** Of the whole, before the first of them. An older stage counts only what it shows. */
function totalsLine({ totals, items }: Preview): string {
  if (totals === undefined) return `${count(items.length, "credential")}, widest reach first`;
  const reach = ["admin", "write", "read", "unknown"].flatMap((one) => {
    const n = totals.reach[one];
    return n === undefined ? [] : [`${n} ${one}`];
  });
  const under = totals.underWay > 0 ? `; ${totals.underWay} with an open wind-down` : "";
  return `${count(totals.credentials, "credential")}, widest reach first: ${reach.join(", ")}${under}`;
}

function whether({ person, live, supposed, from, case: open }: Preview): readonly string[] {
  const said = `The directory, asked live, says: ${live}.`;
  if (person === undefined) return ["Nobody is known to own it: whoever comes last in the chain would be asked."];
  if (supposed)
    return [`They are ${person.standing}: this is what would happen if they left on ${shortly(from)}.`, said];
  return [`They have left${open === undefined ? ", and no case is open" : `; ${open} is open`}.`, said];
}

function brakeLine({ brake: { frozen, limits } }: Preview): string {
  const used = limits.map(({ limit, used, most }) => `${WORDS[limit]} ${used} of ${most}`).join(", ");
  return frozen ? `The brake is on since ${shortly(frozen.at)}: nothing goes down.` : `Brake: ${used}.`;
}

const WORDS = {
  peopleAnHour: "people in an hour",
  peopleADay: "people in a day",
  credentialsAnHour: "credentials in an hour without a yes",
} as const;

function itemLines(item: ItemPreview, nth: number): readonly string[] {
  const { credential, type, connector, identity, mode, state, reach, owner, use, closed } = item;
  const holder = identity?.split("/").at(-1) ?? "an unknown identity";
  return [
    `${nth}. ${type ?? "credential"} of ${holder}  (${credential})`,
    `   ${connector ?? "no connector"}, mode ${mode}; state: ${state}; reach: ${reach}; ${useWords(use)}`,
    owner ? `   owner: ${calledOf(owner)}, ${owner.word}` : "   owner: nobody is known",
    ...(item.protected === undefined ? [] : [`   refused: ${item.protected}`]),
    ...(closed ? [`   its wind-down closed ${shortly(closed.at)}: ${closed.as}`] : []),
    ...(item.wishes ?? []).map((one) => `   wish: move to short-lived, by ${nameOf(one)} at ${shortly(one.at)}`),
    ...(item.doubts.length > 0 ? [`   silence does nothing to it: ${item.doubts.join("; ")}`] : []),
    ...indented(list("Moved since the case drew its plan:", item.moved.map(movedLine))),
    ...indented(list("Steps down:", rungLines(item))),
    ...indented(list("If nobody answers:", courseLines(item.silence))),
    ...indented(list("If whoever is asked says yes an hour later:", courseLines(item.yes))),
    ...indented(list("What else breaks, and what does not:", breakLines(item))),
    ...indented(lostLines(item.counterfactual)),
  ];
}

export const movedLine = ({ what, from, to }: Moved): string => `${MOVED[what]}: ${from}, now ${to}`;

const MOVED = {
  ...{ owner: "owner", custodian: "asked first", state: "state", reach: "reach", lastUsed: "last use listed" },
  ...{ shared: "shared", mode: "mode of its connector", protected: "never touched", use: "used since" },
} as const;

const indented = (lines: readonly string[]) => lines.map((line) => `   ${line}`);

function useWords({ inUse, last }: ItemPreview["use"]): string {
  const when = `last used: ${last.slice(0, 10)}`;
  if (inUse === undefined) return `${when}; whether it is in use nobody can say, so it counts as in use`;
  return `${when}; ${inUse ? "in use: called within 30 days" : "not in use"}`;
}

const COSTS = {
  R1: "R1, can be switched on again",
  R2: "R2, somebody must consent or restart to undo it",
  R3: "R3, final",
} as const;

function rungLines({ rungs }: ItemPreview): readonly string[] {
  if (rungs.length === 0) return ["none of ours: somebody must switch it off by hand"];
  return rungs.flatMap(({ to, verb, reversibility, blast, alsoAffects, refusals, left, fault, permissions }) => [
    `${verb} to ${to}: ${COSTS[reversibility]}; takes down the ${blast}; needs ${permissions.join(", ") || "nothing"}`,
    ...alsoAffects.map((one) => `  also affects: ${one}`),
    ...refusals.map((one) => `  refused: ${one}`),
    ...(left === undefined ? [] : [`  left on: ${left}`]),
    ...(fault === undefined ? [] : [`  could not be drawn: ${fault}`]),
  ]);
}

function breakLines({ breaks, type }: ItemPreview): readonly string[] {
  const { shared, siblings, fullAt, sessionsUntil } = breaks;
  return [
    ...(shared ? ["several people use it"] : []),
    ...siblings.map(
      (one) =>
        `same identity: ${one.type ?? "credential"} ${one.credential}, ${one.state}, last used ${one.lastUsed.slice(0, 10)}${one.included ? ", in this plan, too" : ", stays as it is"}`,
    ),
    ...(fullAt === undefined ? [] : [`${fullAt} of ${type} stand on its identity: it can be given no other`]),
    ...(sessionsUntil === undefined
      ? []
      : [`sessions opened with it can live until ${shortly(sessionsUntil)} at the latest`]),
  ];
}

/** Each once, however many items it is about. */
function knownLines(items: readonly ItemPreview[]): readonly string[] {
  const rows = items.flatMap(({ breaks: { collateral } }) => collateral);
  const each = new Map(rows.map((row) => [row.what, row]));
  return [...each.values()].flatMap(({ credential, verb, what, instead, source }) => [
    `${verb}, ${credential}: ${what}`,
    ...(instead === undefined ? [] : [`  ${instead}`]),
    `  ${source}`,
  ]);
}

function lostLines({ since, calls, approximate, uses, notVisible }: Counterfactual): readonly string[] {
  const n = `${approximate ? "~" : ""}${count(calls, "recorded call")}`;
  const rows = uses.map(({ caller, person, service, actions, calls: lost, approximate: about, last, days }) => [
    person ? `${caller.name} (${nameOf(person)})` : caller.name,
    ...[service, about ? `~${lost}` : lost, shortly(last), listed(actions), dayWords(days)],
  ]);
  return [
    `Had it been switched off 30 days ago, on ${since.slice(0, 10)}, ${n} would have failed.`,
    ...table(["CALLER", "SERVICE", "CALLS", "LAST", "ACTIONS", "BY DAY"], rows).map((line) => `  ${line}`),
    ...notVisible.map((line) => `  ${line}`),
  ];
}

const MOST = 5; // in a cell; --json has all of them
const listed = (all: readonly string[]) => all.slice(0, MOST).join(" ") + (all.length > MOST ? " …" : "");
const dayWords = (days: readonly { readonly day: string; readonly calls: number }[]) =>
  (days.length > MOST ? "… " : "") +
  days
    .slice(-MOST)
    .map(({ day, calls }) => `${day.slice(5)}:${calls}`)
    .join(" ");
