import { type Decision, isDrill, isExposure } from "@leasehold/core/casework";
import { found as finding } from "@leasehold/core/finding";
import { Fault, type Instant } from "@leasehold/core/kernel";
import type { People } from "../question/index.ts";
import type { Stored, StoredCase, Versioned } from "../world/index.ts";
import { aboutOf } from "./about.ts";
import { type Asking, askingsOf } from "./askings.ts";
import { begun, keepBack, untilOf } from "./begun.ts";
import { besides, type Part } from "./besides.ts";
import { messageOfAll } from "./joined.ts";
import { place } from "./place.ts";
import type { CasePorts } from "./ports.ts";
import { put } from "./put.ts";
import { keptBack } from "./round.ts";

/** What became of an asking: the case as it is now, and whether everybody who must be asked was. */
export interface Asked {
  readonly stored: StoredCase;
  readonly all: boolean; // false: no desk took one, an item could not be looked at, or one is kept back
  readonly until?: Instant | undefined; // where nothing else is missing: when what is kept back is asked
}

/** Asks everybody who must be asked now: one message a custodian, with only their items. */
export async function askAll(
  world: CasePorts,
  people: People,
  stored: StoredCase,
  items: readonly Stored[],
): Promise<Asked> {
  const { askings, all: known } = await askingsOf(world, people, stored, items);
  let present = stored;
  let all = known;
  const kept: Instant[] = [];
  for (const asking of askings) {
    const until = await keptBack(world, people, present, asking);
    if (until !== undefined) {
      kept.push(until);
      present = await keepBack(world, present, asking, until);
      continue;
    }
    const one = await askOne(world, people, present, asking);
    present = one.stored;
    all = one.all && all;
  }
  return { stored: present, all: all && kept.length === 0, until: all ? kept.sort()[0] : undefined };
}

/** The decision is written before the desk is called, so that after a crash the same message is found and edited, not sent again. */
async function askOne(world: CasePorts, people: People, stored: StoredCase, asking: Asking): Promise<Asked> {
  const { decision, stored: present } = await begun(world, stored, asking);
  const alone = isExposure(stored.case) || isDrill(stored.case) || asking.why.as === "offered";
  const others = alone ? [] : await besides(world, people, decision.value);
  const parts = await led(world, { decision, stored: present, asking }, others);
  const message = await messageOfAll(
    people,
    decision.value.id,
    parts.map((part) => ({
      ...{ about: aboutOf(part.stored, world), shown: part.asking.items.map(({ shown }) => shown), live: true },
      decision: part.decision.value,
    })),
    "open",
  );
  const tickets = await put(world, message);
  if (tickets.length === 0) {
    await world.findings.put(nobodyAsked(stored, world.clock()));
    world.log("error", "no desk took the question", { caseId: stored.case.id, decisionId: decision.value.id });
    return { stored: present, all: false };
  }
  await world.findings.close(nobodyAsked(stored, world.clock()).id);
  await accept(world, parts, tickets);
  return { stored: present, all: true };
}

const DESKS_DOWN = "no desk took the question, so nobody was asked and nothing runs: look at Slack and Jira";
const nobodyAsked = ({ case: { id } }: StoredCase, at: Instant) =>
  finding("no desk took the question", id, at, DESKS_DOWN);

/** Which others its message shows is written before a desk is called: a button there carries this decision's id alone. */
async function led(world: CasePorts, lead: Part, others: readonly Part[]): Promise<readonly Part[]> {
  const now = [lead, ...others].map((part): Part => {
    const until = untilOf(world, part.asking, part.stored.case); // the notice begins now, however long the desks were down
    return { ...part, decision: { ...part.decision, value: { ...part.decision.value, until } } };
  });
  const [first, ...rest] = now;
  if (first === undefined || (rest.length === 0 && first.decision.value.joined === undefined)) return now;
  const { value, version } = first.decision;
  const joined = rest.map(({ decision }) => decision.value.id);
  await world.decisions.put({ ...value, joined }, version);
  return [{ ...first, decision: { value: { ...value, joined }, version: version + 1 } }, ...rest];
}

/** Asked is what a desk showed, and nothing else: what no desk had room for goes on wanting its question. */
async function accept(world: CasePorts, parts: readonly Part[], tickets: Decision["tickets"]): Promise<void> {
  const total = parts.reduce((sum, { decision }) => sum + decision.value.items.length, 0);
  let room = Math.max(...tickets.map(({ shown = total }) => shown));
  for (const { decision, stored } of parts) {
    const { value, version } = decision;
    const items = value.items.slice(0, room);
    room -= items.length;
    const cut = items.length < value.items.length ? ({ cut: true } as const) : {};
    const accepted: Decision = { ...value, items, asked: world.clock(), tickets, ...cut };
    try {
      if (items.length === 0) await world.decisions.put({ ...value, closed: true }, version);
      else await taken(world, { value: accepted, version });
    } catch (error) {
      if (value.lead === undefined || !(error instanceof Fault) || error.name !== "Conflict") throw error;
      continue; // its own case was faster, and asks for itself
    }
    world.log("info", "question asked", { caseId: stored.case.id, decisionId: value.id, items: items.length });
  }
}

async function taken(world: CasePorts, { value, version }: Versioned<Decision>): Promise<void> {
  await world.decisions.put(value, version);
  await place(world, { value, version: version + 1 });
}
