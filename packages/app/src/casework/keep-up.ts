import type { Decision } from "@leasehold/core/casework";
import type { Message } from "@leasehold/core/connector";
import { digest, Fault, type Instant, later } from "@leasehold/core/kernel";
import { ifSilent, isAskedIn } from "@leasehold/core/winddown";
import type { People } from "../question/index.ts";
import { isCase } from "../winddown/index.ts";
import type { Stored, StoredCase, Versioned } from "../world/index.ts";
import { aboutOf } from "./about.ts";
import { faced } from "./faced.ts";
import { messageOfAll, type Section } from "./joined.ts";
import { isNotice } from "./notice.ts";
import type { CasePorts } from "./ports.ts";
import { type Shown, stateOf } from "./render.ts";

/** Keeps every message true: a reminder edits it, what happened to its items shows in it, and one that asks nothing more has no buttons. */
export async function keepUp(
  world: CasePorts,
  people: People,
  stored: StoredCase,
  items: readonly Stored[],
): Promise<void> {
  for (const decision of await world.decisions.ofCase(stored.case.id)) {
    if (decision.value.closed || isNotice(decision.value)) continue;
    const mine = items.filter(({ windDown }) => decision.value.items.some((one) => one.windDown === windDown.id));
    if (decision.value.placed) await refresh(world, people, stored, decision, mine);
    else if (!mine.some(({ windDown }) => windDown.wants !== undefined && !windDown.closed))
      await tidy(world, decision);
  }
}

/** A crash came before the last word of asking: what was asked is placed now; what no desk is known to have taken is taken back. */
async function tidy(world: CasePorts, { value, version }: Versioned<Decision>): Promise<void> {
  if (value.asked !== undefined) return world.decisions.put({ ...value, placed: true }, version);
  const desks = value.kept === undefined && value.lead === undefined ? world.config.desks : []; // else no message has its id
  for (const id of desks) {
    try {
      await world.estate.provider(id)?.desk?.withdraw(value.id, undefined);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return; // tried again at the next step
    }
  }
  await world.decisions.put({ ...value, closed: true }, version);
}

async function refresh(
  world: CasePorts,
  people: People,
  stored: StoredCase,
  { value, version }: Versioned<Decision>,
  mine: readonly Stored[],
): Promise<void> {
  const parts = await partsOf(world, stored, value, mine);
  const live = isLive(value, mine);
  const due = remindAt(world, value);
  const remind = live && due !== undefined && world.clock() >= due;
  const rendered = digest(parts.map(({ decision, items }) => [isLive(decision, items), items.map(saidOf)]));
  if (live && !remind && rendered === value.rendered) return;
  const anyLive = parts.some(({ decision, items }) => isLive(decision, items));
  const state = anyLive ? (remind ? "reminder" : "open") : "closed";
  const sections = await sectionsOf(world, people, parts);
  const took =
    sections && (await edit(world, value, await messageOfAll(people, value.lead ?? value.id, sections, state)));
  if (!took) return; // tried again at the next step: an edit that was not made is not written down as made
  const reminded = remind ? world.clock() : value.reminded;
  await world.decisions.put({ ...value, rendered, reminded, closed: !live }, version);
}

const isLive = ({ id }: Decision, items: readonly Stored[]): boolean =>
  items.some(({ windDown }) => isAskedIn(windDown, id) && !windDown.closed);
const saidOf = ({ windDown }: Stored) =>
  `${stateOf(windDown)}${(windDown.wishes ?? []).map(({ at }) => `, wish ${at}`)}`;

interface Asked {
  readonly stored: StoredCase;
  readonly decision: Decision;
  readonly items: readonly Stored[];
}

/** All that the message shows: this case's, and where it was joined with others theirs. */
async function partsOf(
  world: CasePorts,
  stored: StoredCase,
  mine: Decision,
  items: readonly Stored[],
): Promise<readonly Asked[]> {
  const lead = mine.lead === undefined ? mine : (await world.decisions.get(mine.lead))?.value;
  const parts: Asked[] = [];
  for (const id of [lead?.id ?? mine.id, ...(lead?.joined ?? [])]) {
    const decision = id === mine.id ? mine : (await world.decisions.get(id))?.value;
    if (decision?.asked === undefined) continue;
    const of = id === mine.id ? stored : isCase(decision.case) && (await world.cases.get(decision.case));
    if (!of) continue;
    parts.push({ stored: of, decision, items: id === mine.id ? items : await askedIn(world, decision) });
  }
  return parts;
}

async function askedIn({ windDowns }: CasePorts, { items }: Decision): Promise<readonly Stored[]> {
  return (await Promise.all(items.map(({ windDown }) => windDowns.get(windDown)))).filter((one) => one !== undefined);
}

/** Undefined where one of them cannot be looked at now: half a message would be a wrong one. */
async function sectionsOf(
  world: CasePorts,
  people: People,
  parts: readonly Asked[],
): Promise<readonly Section[] | undefined> {
  const sections: Section[] = [];
  for (const { stored, decision, items } of parts) {
    const shown = await showing(world, people, items);
    if (shown === undefined) return undefined;
    sections.push({ decision, shown, about: aboutOf(stored, world), live: isLive(decision, items) });
  }
  return sections;
}

async function showing(
  world: CasePorts,
  people: People,
  mine: readonly Stored[],
): Promise<readonly Shown[] | undefined> {
  try {
    const looks = mine.map(async (stored) => {
      const seen = await faced(world, people, stored);
      return { ...seen, ifSilent: ifSilent(stored.windDown, seen.looked.view) };
    });
    return await Promise.all(looks);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    world.log("warn", "an item could not be looked at", { caseId: mine[0]?.windDown.case, fault: error.name });
    return undefined;
  }
}

async function edit(world: CasePorts, { tickets }: Decision, to: Message): Promise<boolean> {
  for (const ticket of tickets) {
    try {
      await world.estate.provider(ticket.desk)?.desk?.edit(ticket, to);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      world.log("warn", "a desk did not take the edit", { connector: ticket.desk, fault: error.name });
      return false;
    }
  }
  return true;
}

/** Once; undefined when it was done. */
export function remindAt({ config }: CasePorts, { asked, reminded, until }: Decision): Instant | undefined {
  if (asked === undefined || reminded !== undefined) return undefined;
  const at = later(asked, config.playbook.remind);
  return at < until ? at : undefined;
}
