import type { Decision } from "@leasehold/core/casework";
import { type AccountId, Fault, randomId } from "@leasehold/core/kernel";
import type { People } from "../question/index.ts";
import type { StoredCase, Versioned } from "../world/index.ts";
import { aboutOf } from "./about.ts";
import type { CasePorts } from "./ports.ts";
import { put } from "./put.ts";
import { noticeOf } from "./render.ts";
import { managersBefore } from "./review.ts";

/** A message about the case that asks nothing. */
export const isNotice = ({ items }: Pick<Decision, "items">): boolean => items.length === 0;

/** Tells whoever managed the mover before, once somebody was asked, and each of them once. A desk that is down is tried at the next step. */
export async function tellBefore(world: CasePorts, people: People, stored: StoredCase, items: number): Promise<void> {
  const decisions = await world.decisions.ofCase(stored.case.id);
  const asked = decisions.filter(({ value }) => !isNotice(value) && value.asked !== undefined);
  if (asked.length === 0) return;
  const custodians = [...new Set(asked.map(({ value }) => value.custodian))];
  for (const account of await managersBefore(people, stored, custodians)) {
    const known = decisions.find(
      ({ value }) => isNotice(value) && value.rendered === "" && value.custodian === account,
    );
    if (known?.value.asked !== undefined) continue;
    const begun = known ?? (await begin(world, stored, account));
    const message = await noticeOf(people, begun.value, { ...aboutOf(stored, world), items, asked: custodians });
    await send(world, begun, message);
  }
}

/** Written before a desk is called, so that after a crash the same message is found and not sent again. */
export async function begin(
  world: CasePorts,
  stored: StoredCase,
  custodian: AccountId,
  rendered = "",
): Promise<Versioned<Decision>> {
  const id = randomId("dec", world.random(32));
  const value: Decision = {
    ...{ id, case: stored.case.id, custodian, items: [], tickets: [], last: false, heard: [] },
    ...{ asked: undefined, reminded: undefined, until: world.clock(), placed: false, rendered, closed: false },
  };
  await world.decisions.put(value, 0);
  return { value, version: 1 };
}

async function send(
  world: CasePorts,
  { value, version }: Versioned<Decision>,
  message: Awaited<ReturnType<typeof noticeOf>>,
): Promise<void> {
  const tickets = await put(world, message);
  if (tickets.length === 0) return;
  for (const ticket of tickets) {
    try {
      await world.estate.provider(ticket.desk)?.desk?.edit(ticket, message); // closed, where a desk keeps open what waits for somebody
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      world.log("warn", "a desk did not take the edit", { connector: ticket.desk, fault: error.name });
    }
  }
  await world.decisions.put({ ...value, tickets, asked: world.clock(), placed: true, closed: true }, version);
  world.log("info", "told who was the manager before", { caseId: value.case, decisionId: value.id });
}
