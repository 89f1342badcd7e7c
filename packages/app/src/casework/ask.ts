import type { Decision, DecisionItem } from "@leasehold/core/casework";
import type { Message, Ticket } from "@leasehold/core/connector";
import { found as finding } from "@leasehold/core/finding";
import { type AccountId, Fault, type Instant, later, randomId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { ifSilent, shown, type WindDown } from "@leasehold/core/winddown";
import type { People } from "../question/index.ts";
import { look } from "../winddown/index.ts";
import type { Stored, StoredCase, Versioned } from "../world/index.ts";
import { custodianFor } from "./custodian.ts";
import { messageOf, type Shown } from "./render.ts";
import type { CasePorts } from "./step.ts";

/** Asks everybody who must be asked now: one message a custodian, with only their items. Returns false where no desk took one. */
export async function askAll(
  world: CasePorts,
  people: People,
  stored: StoredCase,
  items: readonly Stored[],
): Promise<boolean> {
  const wanting = items.filter(({ windDown, open }) => windDown.wants !== undefined && !windDown.closed && !open);
  const groups = new Map<AccountId, { readonly last: boolean; readonly items: Stored[] }>();
  for (const item of wanting) {
    const { account, last } = await custodianFor(world, people, stored.case, item.windDown);
    const group = groups.get(account) ?? { last, items: [] };
    group.items.push(item);
    groups.set(account, group);
  }
  let taken = true;
  for (const [custodian, group] of groups)
    taken = (await askOne(world, people, stored, { custodian, ...group })) && taken;
  return taken;
}

interface Asking {
  readonly custodian: AccountId;
  readonly last: boolean;
  readonly items: readonly Stored[];
}

/** The decision is written before the desk is called, so that after a crash the same message is found and edited, not sent again. */
async function askOne(world: CasePorts, people: People, stored: StoredCase, asking: Asking): Promise<boolean> {
  const shownItems = await Promise.all(asking.items.map((item) => show(world, item)));
  const ready = shownItems.filter(({ item }) => item !== undefined);
  const items = ready.flatMap(({ item }) => (item ? [item] : []));
  const found = await begun(world, stored, asking, items);
  // where nobody was asked yet the notice begins now, however long the desks were down
  const until = found.value.asked ? found.value.until : deadline(world, asking.items);
  const decision = { ...found, value: { ...found.value, until } };
  const message = await messageOf(
    people,
    decision.value,
    leaverOf(stored),
    ready.map(({ shown: one }) => one),
    "open",
  );
  const tickets = await put(world, message);
  if (tickets.length === 0) {
    const remedy = "no desk took the question, so nobody was asked and nothing runs: look at Slack and Jira";
    await world.findings.put(finding("no desk took the question", stored.case.id, world.clock(), remedy));
    world.log("error", "no desk took the question", { caseId: stored.case.id, decisionId: decision.value.id });
    return false;
  }
  const asked = decision.value.asked ?? world.clock();
  const accepted = { ...decision.value, asked, tickets };
  await world.decisions.put(accepted, decision.version);
  for (const { stored: item, item: showing } of ready)
    if (showing) await putQuestion(world, item, showing, accepted, asking.last);
  await world.decisions.put({ ...accepted, placed: true }, decision.version + 1);
  world.log("info", "question asked", { caseId: stored.case.id, decisionId: decision.value.id, items: items.length });
  return true;
}

interface Showing {
  readonly stored: Stored;
  readonly shown: Shown;
  readonly item: DecisionItem | undefined;
}

async function show(world: CasePorts, stored: Stored): Promise<Showing> {
  const looked = await look(world, stored.windDown);
  const { plan, standing } = looked.view;
  const silent = ifSilent({ ...stored.windDown, answer: undefined }, looked.view);
  // where there is no plan of ours, what is shown is that somebody must do it by hand: a yes to it names nothing
  const token = plan ? shown(plan, standing) : `by hand/${stored.windDown.id}`;
  return {
    stored,
    shown: { windDown: stored.windDown, looked, ifSilent: silent },
    item: { windDown: stored.windDown.id, token, ifSilent: silent },
  };
}

/** A message that a crash left unsent is taken up again, as long as it shows the same. */
async function begun(
  world: CasePorts,
  stored: StoredCase,
  { custodian, last, items: all }: Asking,
  items: readonly DecisionItem[],
): Promise<Versioned<Decision>> {
  const same = (one: Decision) =>
    !one.placed && one.custodian === custodian && JSON.stringify(one.items) === JSON.stringify(items);
  const earlier = (await world.decisions.ofCase(stored.case.id)).find(({ value }) => same(value));
  if (earlier) return earlier;
  const decision: Decision = {
    ...{ id: randomId("dec", world.random(32)), case: stored.case.id, custodian, items, tickets: [] },
    ...{ asked: undefined, reminded: undefined, until: deadline(world, all), last, heard: [] },
    ...{ placed: false, rendered: "", closed: false },
  };
  await world.decisions.put(decision, 0);
  return { value: decision, version: 1 };
}

/** Each further custodian has less time than the first had. */
const deadline = ({ clock, config }: CasePorts, items: readonly Stored[]): Instant => {
  const escalated = items.some(({ windDown }) => windDown.tried.length > 0);
  return later(clock(), escalated ? config.playbook.escalate : config.playbook.notice);
};

async function put(world: CasePorts, message: Message): Promise<readonly Ticket[]> {
  const tickets: Ticket[] = [];
  for (const id of world.config.desks) {
    const desk = world.estate.provider(id)?.desk;
    if (desk === undefined) continue;
    try {
      const ticket = await desk.ask(message);
      tickets.push(ticket);
      await desk.withdraw(message.key, ticket); // what an earlier crash repeated must not stay
    } catch (error) {
      if (!(error instanceof Fault)) throw error; // one desk that is down is not the others'
      world.log("warn", "a desk did not take the question", { connector: id, fault: error.name });
    }
  }
  return tickets;
}

/** Silence counts from the instant a desk accepted it, and for this question only where it still wants one. */
async function putQuestion(
  world: CasePorts,
  before: Stored,
  showing: DecisionItem,
  decision: Decision,
  last: boolean,
): Promise<void> {
  const stored = await world.windDowns.get(before.windDown.id);
  if (stored === undefined || stored.windDown.wants === undefined || stored.windDown.closed || stored.open) return;
  const asked = decision.asked ?? world.clock();
  const question = {
    ...{ asked, until: decision.until, token: showing.token, ifSilent: showing.ifSilent, last },
    ...{ custodian: decision.custodian, decision: decision.id },
  };
  const next: WindDown = { ...stored.windDown, question, wants: undefined };
  const facts = {
    decision: decision.id,
    custodian: decision.custodian,
    ifSilent: showing.ifSilent,
    until: decision.until,
  };
  await world.windDowns.change(stored, next, { did: "question.asked", by: "leasehold", facts });
}

export const leaverOf = ({ case: open }: StoredCase): AccountId => open.accounts[0] ?? emailAccount("unknown@invalid");
