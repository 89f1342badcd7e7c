import type { CaseView } from "@leasehold/app/case-view";
import type { Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { calledOf, inHandLine, keptLine, list, shortly } from "../../terminal/index.ts";
import { itemLines } from "./item-lines.ts";

/** Everything that one case did and asks. */
export const caseShow: Command = {
  about: "one case: its items, what was asked of whom, what was done and proven, what was not looked at",
  args: ["<id>"],
  run: async (call) => {
    const { answer: view } = await ask(call, "case-show", { id: call.args[0] ?? "" });
    return { json: view, text: linesOf(view) };
  },
};

function linesOf(view: CaseView): readonly string[] {
  const { id, status, gate, certainty, person, triggers, closed, items, messages, completeness, trail } = view;
  return [
    `${id}  ${status}${closed ? ` since ${shortly(closed.at)}: ${closed.because}` : ""}`,
    `about ${calledOf(person)}; the directory, asked live, says: ${gate}`,
    ...(certainty ? certaintyLines(certainty) : []),
    ...triggers.map(triggerLine),
    ...items.flatMap((item) => ["", ...itemLines(item)]),
    "",
    ...list("Messages:", messages.map(messageLine)),
    ...(completeness ? completenessLines(completeness) : []),
    `trail: ${trail.entries} entries, ends at ${trail.hash}`,
  ];
}

/** An event brought it, or we found it where none had. */
function triggerLine({ kind, occurredAt, eventId, found }: CaseView["triggers"][number]): string {
  const how = found === "poll" || found === "sweep" ? `; no event was seen: found by a ${found}` : "";
  return `opened by: ${kind}, ${shortly(occurredAt)}, event ${eventId}${how}`;
}

function certaintyLines({ level, because, at, said }: NonNullable<CaseView["certainty"]>): readonly string[] {
  return [
    `certainty: ${level}, ${because} (${shortly(at)})`,
    ...said.map(({ connector, account, says, since }) => `  ${connector} ${account}: ${says} since ${shortly(since)}`),
  ];
}

function messageLine({
  decision,
  custodian,
  desks,
  asked,
  reminded,
  until,
  closed,
  items,
  kept,
}: CaseView["messages"][number]) {
  if (kept !== undefined && !closed)
    return `${decision}  to ${calledOf(custodian)}: ${items.length} of these, kept for their message of ${shortly(kept)}: nobody was asked yet`;
  const where = desks.length === 0 ? "no desk has taken it yet" : `on ${desks.join(", ")} since ${shortly(asked)}`;
  const state = closed ? "over" : `until ${shortly(until)}${reminded ? `, reminded ${shortly(reminded)}` : ""}`;
  return `${decision}  to ${calledOf(custodian)}: ${items.length} of these, ${where}, ${state}`;
}

function completenessLines(completeness: NonNullable<CaseView["completeness"]>): readonly string[] {
  const { sources, places = [], notSupported, left, notVisible, notLookedFor = [] } = completeness;
  const { inHand = [], kept = [] } = completeness;
  return [
    ...list(
      "What was looked at:",
      sources.map(
        ({ connector, whole, at }) =>
          `${connector}: ${at ? `${whole ? "whole" : "in part"}, ${shortly(at)}` : "never"}`,
      ),
    ),
    ...list(
      "Where the person's accounts and credentials are:",
      places.map(({ connector, tenant }) => `${connector} ${tenant}`),
    ),
    ...list("Where its credentials are known to lie:", kept.map(keptLine)),
    ...list("Secrets of others that the person had in hand or may read:", inHand.map(inHandLine)),
    ...list("Cannot be taken down by us:", notSupported),
    ...list(
      "Left:",
      left.map(({ credential, because }) => `${credential}: ${because}`),
    ),
    ...list("What could not be seen:", notVisible),
    ...list("What nobody looked for:", notLookedFor),
  ];
}
