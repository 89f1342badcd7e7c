import {
  type Case,
  credentialIn,
  type Decision,
  type DecisionItem,
  isExposure,
  isReview,
} from "@leasehold/core/casework";
import { found as finding } from "@leasehold/core/finding";
import { type AccountId, digest, Fault, type Instant, later, randomId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { ifSilent, LEAST_NOTICE, shown, type View, type WindDown } from "@leasehold/core/winddown";
import type { People } from "../question/index.ts";
import { BY_HAND, look } from "../winddown/index.ts";
import type { Stored, StoredCase, Versioned } from "../world/index.ts";
import { alsoAsked, type Custodian, custodianFor } from "./custodian.ts";
import { isWanting, place } from "./place.ts";
import type { CasePorts } from "./ports.ts";
import { put } from "./put.ts";
import { reasonsFor } from "./reasons.ts";
import { type About, messageOf, type Shown } from "./render.ts";
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
  const shown = await showAll(
    world,
    people,
    items.filter((item) => isWanting(item, stored)),
  );
  const groups = await grouped(world, people, stored, shown.ready);
  let present = stored;
  let all = shown.all && groups.all;
  const kept: Instant[] = [];
  for (const asking of groups.askings) {
    const until = await keptBack(
      world,
      people,
      present,
      asking,
      asking.items.map((one) => one.shown),
    );
    if (until !== undefined) {
      kept.push(until);
      continue;
    }
    const one = await askOne(world, people, present, asking);
    present = one.stored;
    all = one.all && all;
  }
  return { stored: present, all: all && kept.length === 0, until: all ? kept.sort()[0] : undefined };
}

interface Asking extends Custodian {
  readonly items: readonly Showing[];
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

/** The decision is written before the desk is called, so that after a crash the same message is found and edited, not sent again. */
async function askOne(world: CasePorts, people: People, stored: StoredCase, asking: Asking): Promise<Asked> {
  const { decision: found, stored: present } = await begun(world, stored, asking);
  const until = untilOf(world, asking, stored.case); // the notice begins now, however long the desks were down
  const value = { ...found.value, until };
  const shown = asking.items.map((one) => one.shown);
  const tickets = await put(world, await messageOf(people, value, aboutOf(stored, world), shown, "open"));
  if (tickets.length === 0) {
    await world.findings.put(nobodyAsked(stored, world.clock()));
    world.log("error", "no desk took the question", { caseId: stored.case.id, decisionId: value.id });
    return { stored: present, all: false };
  }
  await world.findings.close(nobodyAsked(stored, world.clock()).id);
  const accepted = { ...value, asked: world.clock(), tickets };
  await world.decisions.put(accepted, found.version);
  await place(world, { value: accepted, version: found.version + 1 });
  world.log("info", "question asked", { caseId: stored.case.id, decisionId: value.id, items: value.items.length });
  return { stored: present, all: true };
}

const DESKS_DOWN = "no desk took the question, so nobody was asked and nothing runs: look at Slack and Jira";
const nobodyAsked = ({ case: { id } }: StoredCase, at: Instant) =>
  finding("no desk took the question", id, at, DESKS_DOWN);

interface Showing {
  readonly shown: Shown;
  readonly item: DecisionItem;
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
  const looked = await look(world, windDown);
  const item = itemShown(windDown, looked.view);
  const reasons = await reasonsFor(world, people, looked);
  return { shown: { windDown, looked, ifSilent: item.ifSilent, reasons }, item };
}

/** What a question shows of one wind-down, and what it says that silence will do. */
export function itemShown(windDown: WindDown, view: View): DecisionItem {
  const { plan, standing } = view;
  const silent = ifSilent({ ...windDown, answer: undefined }, view);
  // where there is no plan of ours, what is shown is that somebody must do it by hand: a yes to it names nothing
  const token = plan ? shown(plan, standing) : `${BY_HAND}${windDown.id}`;
  return { windDown: windDown.id, token, ifSilent: silent };
}

/**
 * A message that a crash left unsent is taken up again, as long as it shows the same. A new one is begun by a write of the
 * case: of two executions that race, one gets there.
 */
async function begun(
  world: CasePorts,
  stored: StoredCase,
  { account, last, why, items: showing }: Asking,
): Promise<{ readonly decision: Versioned<Decision>; readonly stored: StoredCase }> {
  const items = showing.map(({ item }) => item);
  const same = (one: Decision) =>
    one.asked === undefined && !one.closed && one.custodian === account && digest(one.items) === digest(items);
  const earlier = (await world.decisions.ofCase(stored.case.id)).find(({ value }) => same(value));
  if (earlier) return { decision: earlier, stored };

  const id = randomId("dec", world.random(32));
  const draft = { did: "question.begun", by: "leasehold", facts: { decision: id, custodian: account } };
  const present = await world.cases.change(stored, stored.case, draft);
  const decision: Decision = {
    ...{ id, case: stored.case.id, custodian: account, why, items, tickets: [], last, heard: [] },
    ...{ asked: undefined, reminded: undefined, until: world.clock(), placed: false, rendered: "", closed: false },
  };
  await world.decisions.put(decision, 0);
  return { decision: { value: decision, version: 1 }, stored: present };
}

/** Where something has leaked, everybody has little time: silence does nothing, and the next is asked. */
function untilOf(world: CasePorts, { items }: Asking, open: Case): Instant {
  if (isExposure(open)) return later(world.clock(), LEAST_NOTICE);
  return deadline(
    world,
    items.map(({ shown: { windDown } }) => windDown),
  );
}

/** Each further custodian has less time than the first had. */
export function deadline({ clock, config }: Pick<CasePorts, "clock" | "config">, items: readonly WindDown[]): Instant {
  const escalated = items.some(({ tried }) => tried.length > 0);
  return later(clock(), escalated ? config.playbook.escalate : config.playbook.notice);
}

export const aboutOf = ({ case: open }: StoredCase, { config }: Pick<CasePorts, "config">): About => ({
  timeZone: config.calendar.timeZone,
  account: open.accounts[0] ?? emailAccount("unknown@invalid"),
  moved: isReview(open),
  leaked: isExposure(open),
  orphan: credentialIn(open) !== undefined,
});
