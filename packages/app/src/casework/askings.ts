import type { DecisionItem } from "@leasehold/core/casework";
import { found as finding } from "@leasehold/core/finding";
import { type AccountId, Fault } from "@leasehold/core/kernel";
import { ifSilent, shown, type View, type WindDown } from "@leasehold/core/winddown";
import type { People } from "../question/index.ts";
import { BY_HAND } from "../winddown/index.ts";
import type { Stored, StoredCase } from "../world/index.ts";
import { alsoAsked, type Custodian, custodianFor } from "./custodian.ts";
import { faced } from "./faced.ts";
import { isWanting } from "./place.ts";
import type { CasePorts } from "./ports.ts";
import type { Shown } from "./render.ts";

/** One custodian, and what they must be asked about now. */
export interface Asking extends Custodian {
  readonly items: readonly Showing[];
}
export interface Showing {
  readonly shown: Shown;
  readonly item: DecisionItem;
}

/** Whom a case must ask now about what. `all`: false where an item could not be looked at, or nobody can be asked about it. */
export async function askingsOf(
  world: CasePorts,
  people: People,
  stored: StoredCase,
  items: readonly Stored[],
): Promise<{ readonly askings: readonly Asking[]; readonly all: boolean }> {
  const wanting = items.filter((item) => isWanting(item, stored));
  const shown = await showAll(world, people, wanting);
  const groups = await grouped(world, people, stored, shown.ready);
  return { askings: groups.askings, all: shown.all && groups.all };
}

/** By custodian. Whom nobody can be asked about is not asked about: then silence says nothing either. */
async function grouped(world: CasePorts, people: People, stored: StoredCase, ready: readonly Showing[]) {
  const groups = new Map<AccountId, Asking>();
  let all = true;
  for (const item of ready) {
    const custodian = await custodianFor(world, people, stored.case, item.shown.windDown);
    if (custodian === undefined) {
      const remedy =
        "the last person to ask is the one who left: name somebody else as `fallback` in the configuration";
      await world.findings.put(finding("nobody decided", item.item.windDown, world.clock(), remedy));
      all = false;
      continue;
    }
    const others = await alsoAsked(world, people, custodian, stored.case);
    for (const one of [custodian, ...others]) {
      const group = groups.get(one.account) ?? { ...one, items: [] };
      groups.set(one.account, { ...group, items: [...group.items, item] });
    }
  }
  return { askings: [...groups.values()], all };
}

/** One provider that cannot be looked at keeps only its own items from being asked about. */
async function showAll(world: CasePorts, people: People, wanting: readonly Stored[]) {
  const ready: Showing[] = [];
  for (const stored of wanting) {
    try {
      ready.push(await show(world, people, stored));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      world.log("warn", "an item could not be looked at", { windDownId: stored.windDown.id, fault: error.name });
    }
  }
  return { ready, all: ready.length === wanting.length };
}

async function show(world: CasePorts, people: People, { windDown }: Stored): Promise<Showing> {
  const seen = await faced(world, people, { windDown });
  const item = itemShown(windDown, seen.looked.view);
  return { shown: { ...seen, ifSilent: item.ifSilent }, item };
}

/** What a question shows of one wind-down, and what it says that silence will do. */
export function itemShown(windDown: WindDown, view: View): DecisionItem {
  const { plan, standing } = view;
  const silent = ifSilent({ ...windDown, answer: undefined }, view);
  // where there is no plan of ours, what is shown is that somebody must do it by hand: a yes to it names nothing
  const token = plan ? shown(plan, standing) : `${BY_HAND}${windDown.id}`;
  return { windDown: windDown.id, token, ifSilent: silent };
}
