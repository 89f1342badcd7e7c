import type { Decision, DecisionItem } from "@leasehold/core/casework";
import type { Choice, Heard } from "@leasehold/core/connector";
import { digest, Fault, type Instant, type WindDownId } from "@leasehold/core/kernel";
import type { Draft } from "@leasehold/core/trail";
import { areTwo, isAskedIn, standingVoices, type WindDown } from "@leasehold/core/winddown";
import type { Stored, Versioned, World } from "../world/index.ts";
import { type Authorised, authorise, noOffer, type Speaker } from "./authorise.ts";
import { BY_HAND, toAnswer } from "./to-answer.ts";
import { isCase } from "./wait.ts";
import { WISHED_BEFORE, wished, wishText } from "./wish.ts";

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
  if (decision === undefined || item === undefined || !isAnswer(heard)) return refused("there is no such question");
  if (decision.value.heard.includes(heard.id))
    return { outcome: "already recorded", text: "this click was recorded before" };
  if (isCopy(decision.value, heard)) {
    world.log("warn", "a click on a copy of the message", { decisionId: heard.decision, connector: heard.by.desk });
    return refused(COPY);
  }

  const opened = isCase(decision.value.case) ? await world.cases.get(decision.value.case) : undefined;
  const about = { accounts: opened?.case.accounts ?? [], stays: opened?.case.gate === "moved" };
  const allowed = await authorise(world, heard.by, decision.value, about);
  if ("refused" in allowed) return refused(allowed.refused);
  const nobody = await noOffer(world, heard, about);
  if (nobody !== undefined) return refused(nobody);
  const told = withRemark(await settled(world, decision.value, item, heard, allowed), heard, allowed);
  if (told.outcome === "recorded") await remember(world, decision, heard.id); // what was refused is judged again, and said again
  world.log("info", "answer heard", { decisionId: heard.decision, windDownId: heard.item, outcome: told.outcome });
  return told;
}

type Allowed = Extract<Authorised, { readonly speaker: Speaker }>;

const NOT_ALONE = "an operator's yes is the second of two: nobody else has said yes to this, so it is not yours alone";

/** An operator is heard beside the yes of another person to the same, and nowhere else. */
function notAlone(
  { windDown: { answer: said } }: Stored,
  { token }: DecisionItem,
  { choice }: Heard,
  { speaker: by, as }: Allowed,
  now: Instant,
): Told | undefined {
  if (as !== "second") return undefined;
  const isYes = choice === "retire" && said?.kind === "yes" && said.token === token;
  const others = isYes ? standingVoices(said.voices, now) : [];
  return others.some((voice) => areTwo(voice, { ...by, at: voice.at })) ? undefined : refused(NOT_ALONE);
}

/** Somebody was asked, and may be of security, too: what hangs on that is not theirs to say until it can be read. */
const withRemark = (told: Told, { choice }: Heard, { unread }: Allowed): Told =>
  unread && choice === "retire" && told.outcome === "recorded"
    ? { ...told, text: `${told.text}; whether you are of security could not be read, so it does not count as theirs` }
    : told;

type Said = Heard & { readonly choice: Choice };
const isAnswer = (heard: Heard): heard is Said => heard.choice !== "release";

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

export const COPY = "this is a copy of the message: answer in the one that was sent to whoever is asked";

/**
 * A button that was forwarded, or copied into another conversation. Where a desk posted and we never learned of it there is
 * nothing to compare, and nothing lost: who may decide is judged all the same.
 */
export function isCopy({ tickets }: Decision, { ticket }: Heard): boolean {
  const sent = tickets.filter(({ desk }) => desk === ticket.desk);
  return sent.length > 0 && !sent.some(({ ref }) => digest(ref) === digest(ticket.ref));
}

async function settled(
  world: AnswerPorts,
  decision: Decision,
  item: DecisionItem,
  heard: Said,
  allowed: Allowed,
): Promise<Told> {
  const { speaker: by } = allowed;
  for (let left = TRIES; ; left -= 1) {
    const stored = await world.windDowns.get(item.windDown as WindDownId);
    if (stored === undefined) return refused("there is no such question");
    const now = world.clock();
    const objection = notAlone(stored, item, heard, allowed, now) ?? tooLate(stored, decision, item, heard, by, now);
    if (objection !== undefined) return objection;
    const said = saidOf(stored.windDown, decision, item, heard, by, now);
    if ("outcome" in said) return said;
    try {
      await world.windDowns.change(stored, said.next, said.draft);
      return { outcome: "recorded", text: await textOf(world, stored.windDown, heard.choice, item) };
    } catch (error) {
      if (!(error instanceof Fault) || error.name !== "Conflict" || left <= 1) throw error;
    }
  }
}

/** What a press makes of a wind-down, and the entry that tells of it. */
function saidOf(
  windDown: WindDown,
  decision: Decision,
  item: DecisionItem,
  { choice, to }: Said,
  by: Speaker,
  now: Instant,
): Told | { readonly next: WindDown; readonly draft: Draft } {
  if (choice === "migrate")
    return wished(windDown, decision, by, now) ?? { outcome: "already recorded", text: WISHED_BEFORE };
  const said = toAnswer(windDown, item, { choice, ...(to !== undefined && { to }) }, by, now);
  if ("refused" in said) return refused(said.refused);
  const facts = { choice, decision: decision.id, accepts: isAcceptance(windDown, decision) };
  return {
    next: { ...windDown, answer: said.answer, snoozed: windDown.snoozed || choice === "snooze" },
    draft: { did: "answer.given", by: by.account, facts },
  };
}

async function textOf(
  world: AnswerPorts,
  windDown: WindDown,
  choice: Choice,
  { token }: DecisionItem,
): Promise<string> {
  if (choice === "retire" && token.startsWith(BY_HAND)) return "recorded: somebody must switch it off by hand";
  if (choice === "migrate") return wishText(world, windDown);
  const before = choice === "keep" ? await downBefore(world, windDown) : undefined;
  return before ?? TEXTS[choice];
}

/** An earlier wind-down of it has ended, and its acts stand: a keep now takes nothing of that back, and whoever gives it is told. */
async function downBefore(
  { graph, windDowns }: AnswerPorts,
  { credential, id }: WindDown,
): Promise<string | undefined> {
  const left = (await graph.node(credential))?.value.left;
  if (left === undefined || left === id) return undefined;
  const earlier = (await windDowns.get(left))?.windDown;
  if (earlier === undefined || earlier.rung === "flagged") return undefined;
  const { rung, acts } = earlier;
  const since = acts.at(-1)?.at ?? "before";
  const back = rung === "deleted" ? "nothing brings it back" : `\`leasehold case undo ${left}\` brings it back`;
  return `recorded, and it is still ${rung} since ${since}, by an earlier wind-down: ${back}`;
}

const isAcceptance = ({ answer: before }: WindDown, { custodian }: Decision) =>
  before?.kind === "keep" && !before.accepted && before.newOwner === custodian;

/** A question that is over, or that somebody has answered: only a keep or a hold before the act, and a second voice, still count. */
function tooLate(
  { windDown }: Stored,
  decision: Decision,
  item: DecisionItem,
  heard: Heard,
  by: Speaker,
  now: Instant,
): Told | undefined {
  if (windDown.closed) return { outcome: "too late", text: `it is closed: ${windDown.closed.as}` };
  const present = isAskedIn(windDown, decision.id) && windDown.question?.token === item.token;
  if (!present && !isBeingPlaced(windDown, decision)) return { outcome: "too late", text: overtaken(windDown) };
  const said = windDown.answer;
  if (said?.kind === "undo") return { outcome: "too late", text: "it is being undone" };
  if (said?.kind === "leave-off") return { outcome: "too late", text: "somebody has said to leave it off" };
  if (said?.kind === "keep" && said.accepted) return { outcome: "too late", text: "somebody has accepted it already" };
  const voices = said?.kind === "yes" ? standingVoices(said.voices, now) : [];
  if (voices.some((voice) => !areTwo(voice, { ...by, at: voice.at })) && heard.choice === "retire")
    return { outcome: "already recorded", text: "your yes stands" };
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
export async function remember(
  world: Pick<World, "decisions">,
  decision: Versioned<Decision>,
  id: string,
): Promise<void> {
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

const TEXTS: Readonly<Record<Exclude<Choice, "migrate">, string>> = {
  retire: "recorded: it is switched off now, unless it moved since this was shown",
  keep: "recorded: it stays, and it is yours",
  transfer: "recorded: they must accept within a day",
  snooze: "recorded: you are asked again tomorrow",
  "leave-off": "recorded: it stays switched off",
};
