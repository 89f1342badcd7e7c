import type { Decision } from "@leasehold/core/casework";
import type { Message } from "@leasehold/core/connector";
import { digest, Fault, type Instant, later } from "@leasehold/core/kernel";
import { ifSilent, isAskedIn } from "@leasehold/core/winddown";
import type { People } from "../question/index.ts";
import { look } from "../winddown/index.ts";
import type { Stored, StoredCase, Versioned } from "../world/index.ts";
import { aboutOf } from "./ask.ts";
import { isNotice } from "./notice.ts";
import type { CasePorts } from "./ports.ts";
import { reasonsFor } from "./reasons.ts";
import { messageOf, type Shown, stateOf } from "./render.ts";

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
  for (const id of world.config.desks) {
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
  const live = mine.some(({ windDown }) => isAskedIn(windDown, value.id) && !windDown.closed);
  const due = remindAt(world, value);
  const remind = live && due !== undefined && world.clock() >= due;
  const rendered = digest([live, mine.map(({ windDown }) => stateOf(windDown))]);
  if (live && !remind && rendered === value.rendered) return;
  const state = live ? (remind ? "reminder" : "open") : "closed";
  const shown = await showing(world, people, mine);
  const took =
    shown && (await edit(world, value, await messageOf(people, value, aboutOf(stored, world), shown, state)));
  if (!took) return; // tried again at the next step: an edit that was not made is not written down as made
  const reminded = remind ? world.clock() : value.reminded;
  await world.decisions.put({ ...value, rendered, reminded, closed: !live }, version);
}

/** Undefined where one of them cannot be looked at now: half a message would be a wrong one. */
async function showing(
  world: CasePorts,
  people: People,
  mine: readonly Stored[],
): Promise<readonly Shown[] | undefined> {
  try {
    const looks = mine.map(async ({ windDown }) => {
      const looked = await look(world, windDown);
      const reasons = await reasonsFor(world, people, looked);
      return { windDown, looked, reasons, ifSilent: ifSilent(windDown, looked.view) };
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
