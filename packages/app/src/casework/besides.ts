import type { Decision } from "@leasehold/core/casework";
import { digest, Fault } from "@leasehold/core/kernel";
import type { People } from "../question/index.ts";
import type { Stored, StoredCase, Versioned } from "../world/index.ts";
import { type Asking, askingsOf } from "./askings.ts";
import { begun } from "./begun.ts";
import { inFlux } from "./in-flux.ts";
import type { CasePorts } from "./ports.ts";
import { isDue, type OfCase, toThem } from "./round.ts";

/** One case's part of a message: its own decision, so that answers, tokens and notices are its own. */
export interface Part {
  readonly decision: Versioned<Decision>;
  readonly stored: StoredCase;
  readonly asking: Asking;
}

/** What other cases kept back for the same person, and is due: looked at anew, for it may have moved since it was kept back. */
export async function besides(world: CasePorts, people: People, lead: Decision): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for (const one of await toThem(world, people, lead.custodian)) {
    const isOurs = one.lead === lead.id && one.asked === undefined && !one.closed;
    if (one.case === lead.case || !(isDue(one, world.clock()) || isOurs)) continue;
    const part = await partOf(world, people, lead, one);
    if (part !== undefined) parts.push(part);
  }
  return parts;
}

async function partOf(world: CasePorts, people: People, lead: Decision, kept: OfCase): Promise<Part | undefined> {
  const stored = await world.cases.get(kept.case);
  if (stored === undefined || stored.case.status === "closed") return undefined;
  const items = await itemsOf(world, stored);
  if (items.some((item) => inFlux(item, stored.case, world.clock()))) return undefined;
  const { askings } = await askingsOf(world, people, stored, items);
  const asking = askings.find(({ account }) => account === kept.custodian);
  if (asking === undefined || isShownOtherwise(kept, asking, lead)) return undefined;
  try {
    return { ...(await begun(world, stored, asking, lead.id)), asking };
  } catch (error) {
    if (!(error instanceof Fault) || error.name !== "Conflict") throw error;
    return undefined; // its own case is at work on it, and asks
  }
}

/**
 * A desk may have the message as it was before a crash, and its buttons carry the lead's id alone: they would say yes to what
 * nobody was shown. Its own case asks.
 */
const isShownOtherwise = (kept: OfCase, { items }: Asking, lead: Decision): boolean =>
  kept.lead === lead.id && digest(kept.items) !== digest(items.map(({ item }) => item));

export async function itemsOf({ windDowns }: CasePorts, { case: open }: StoredCase): Promise<readonly Stored[]> {
  const all = await Promise.all(open.items.map(({ windDown }) => windDown && windDowns.get(windDown)));
  return all.filter((one) => one !== undefined);
}
