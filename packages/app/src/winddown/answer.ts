import type { Decision, DecisionItem } from "@leasehold/core/casework";
import type { Heard } from "@leasehold/core/connector";
import { digest, Fault, type WindDownId } from "@leasehold/core/kernel";
import { areTwo, isAskedIn, type WindDown } from "@leasehold/core/winddown";
import type { Stored, Versioned, World } from "../world/index.ts";
import { authorise, noOffer, type Speaker } from "./authorise.ts";
import { BY_HAND, toAnswer } from "./to-answer.ts";

export type AnswerPorts = Pick<
  World,
  "decisions" | "windDowns" | "cases" | "graph" | "estate" | "config" | "clock" | "log"
>;

/** What the one who clicked is told. */
export interface Told {
  readonly outcome: "recorded" | "already recorded" | "too late" | "refused";
  readonly text: string;
}

const TRIES = 5;

/**
 * The single use case behind Slack, Jira, console and CLI. Authorised at the click; the first valid answer to a question
 * wins by conditional write; a keep or a hold before the act ends it; late, double, forwarded and replayed clicks are told so.
 */
export async function answer(world: AnswerPorts, heard: Heard): Promise<Told> {
  const decision = await decisionFor(world, heard);
  const item = decision?.value.items.find(({ windDown }) => windDown === heard.item);
  if (decision === undefined || item === undefined) return refused("there is no such question");
  if (decision.value.heard.includes(heard.id))
    return { outcome: "already recorded", text: "this click was recorded before" };
  if (isCopy(decision.value, heard)) {
    world.log("warn", "a click on a copy of the message", { decisionId: heard.decision, connector: heard.by.desk });
    return refused(COPY);
  }

  const opened = await world.cases.get(decision.value.case);
  const about = { accounts: opened?.case.accounts ?? [], stays: opened?.case.gate === "moved" };
  const allowed = await authorise(world, heard.by, decision.value, about);
  if ("refused" in allowed) return refused(allowed.refused);
  const nobody = await noOffer(world, heard, about);
  if (nobody !== undefined) return refused(nobody);
  const told = await settled(world, decision.value, item, heard, allowed.speaker);
  if (told.outcome === "recorded") await remember(world, decision, heard.id); // what was refused is judged again, and said again
  world.log("info", "answer heard", { decisionId: heard.decision, windDownId: heard.item, outcome: told.outcome });
  return told;
}

/** A message that joins several cases carries the id of one decision: the item says of which it is. */
async function decisionFor({ decisions }: AnswerPorts, { decision: id, item }: Heard) {
  const lead = await decisions.get(id);
  const has = (one: Versioned<Decision> | undefined) => one?.value.items.some(({ windDown }) => windDown === item);
  if (lead === undefined || has(lead)) return lead;
  for (const joined of lead.value.joined ?? []) {
    const other = await decisions.get(joined);
    if (has(other)) return other;
  }
  return lead;
}

const refused = (text: string): Told => ({ outcome: "refused", text });

const COPY = "this is a copy of the message: answer in the one that was sent to whoever is asked";

/**
 * A button that was forwarded, or copied into another conversation. Where a desk posted and we never learned of it there is
 * nothing to compare, and nothing lost: who may decide is judged all the same.
 */
function isCopy({ tickets }: Decision, { ticket }: Heard): boolean {
  const sent = tickets.filter(({ desk }) => desk === ticket.desk);
  return sent.length > 0 && !sent.some(({ ref }) => digest(ref) === digest(ticket.ref));
}

async function settled(
  world: AnswerPorts,
  decision: Decision,
  item: DecisionItem,
  heard: Heard,
  by: Speaker,
): Promise<Told> {
  for (let left = TRIES; ; left -= 1) {
    const stored = await world.windDowns.get(item.windDown as WindDownId);
    if (stored === undefined) return refused("there is no such question");
    const objection = tooLate(stored, decision, item, heard, by);
    if (objection !== undefined) return objection;
    const said = toAnswer(stored.windDown, item, heard, by, world.clock());
    if ("refused" in said) return refused(said.refused);
    const accepts = isAcceptance(stored.windDown, decision);
    const next: WindDown = {
      ...stored.windDown,
      answer: said.answer,
      snoozed: stored.windDown.snoozed || heard.choice === "snooze",
    };
    const draft = {
      did: "answer.given",
      by: by.account,
      facts: { choice: heard.choice, decision: decision.id, accepts },
    };
    try {
      await world.windDowns.change(stored, next, draft);
      return { outcome: "recorded", text: textOf(heard.choice, item) };
    } catch (error) {
      if (!(error instanceof Fault) || error.name !== "Conflict" || left <= 1) throw error;
    }
  }
}

const textOf = (choice: Heard["choice"], { token }: DecisionItem): string =>
  choice === "retire" && token.startsWith(BY_HAND) ? "recorded: somebody must switch it off by hand" : TEXTS[choice];

const isAcceptance = ({ answer: before }: WindDown, { custodian }: Decision) =>
  before?.kind === "keep" && !before.accepted && before.newOwner === custodian;

/** A question that is over, or that somebody has answered: only a keep or a hold before the act, and a second voice, still count. */
function tooLate(
  { windDown }: Stored,
  decision: Decision,
  item: DecisionItem,
  heard: Heard,
  by: Speaker,
): Told | undefined {
  if (windDown.closed) return { outcome: "too late", text: `it is closed: ${windDown.closed.as}` };
  const present = isAskedIn(windDown, decision.id) && windDown.question?.token === item.token;
  if (!present && !isBeingPlaced(windDown, decision)) return { outcome: "too late", text: overtaken(windDown) };
  const said = windDown.answer;
  if (said?.kind === "undo") return { outcome: "too late", text: "it is being undone" };
  if (said?.kind === "leave-off") return { outcome: "too late", text: "somebody has said to leave it off" };
  if (said?.kind === "keep" && said.accepted) return { outcome: "too late", text: "somebody has accepted it already" };
  const voiced = said?.kind === "yes" && said.voices.some((voice) => !areTwo(voice, { ...by, at: voice.at }));
  if (voiced && heard.choice === "retire") return { outcome: "already recorded", text: "your yes stands" };
  return undefined;
}

/** Who comes after the deadline is told what was done, and how it is taken back. */
function overtaken({ id, acts, rung }: WindDown): string {
  const last = acts.at(-1);
  return last && rung === "disabled"
    ? `it was switched off at ${last.at}: \`leasehold case undo ${id}\` takes it back`
    : "this message is no longer the question: see the newest one";
}

/** The desk has the message, and the wind-down has not heard of it yet: a fast click is no late one. */
const isBeingPlaced = ({ wants, question }: WindDown, { placed, closed }: Decision): boolean =>
  wants !== undefined && question === undefined && !placed && !closed;

/** The answer was written first: forgetting this write would at worst tell a replayed click that it was recorded before. */
async function remember(world: AnswerPorts, decision: Versioned<Decision>, id: string): Promise<void> {
  let present: Versioned<Decision> | undefined = decision;
  for (let left = TRIES; left > 0 && present !== undefined; left -= 1) {
    try {
      const { value, version } = present;
      if (value.heard.includes(id)) return;
      return await world.decisions.put({ ...value, heard: [...value.heard, id] }, version);
    } catch (error) {
      if (!(error instanceof Fault) || error.name !== "Conflict") throw error;
      present = await world.decisions.get(decision.value.id);
    }
  }
}

const TEXTS: Readonly<Record<Heard["choice"], string>> = {
  retire: "recorded: it is switched off now, unless it moved since this was shown",
  keep: "recorded: it stays, and it is yours",
  transfer: "recorded: they must accept within a day",
  snooze: "recorded: you are asked again tomorrow",
  "leave-off": "recorded: it stays switched off",
  migrate: "recorded",
};
