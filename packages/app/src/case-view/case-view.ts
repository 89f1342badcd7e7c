import type { Decision } from "@leasehold/core/casework";
import { badInput, type CaseId } from "@leasehold/core/kernel";
import { type People, peopleOf } from "../question/index.ts";
import type { World } from "../world/index.ts";
import { type ItemPorts, itemView } from "./item-view.ts";
import type { CaseView, MessageView } from "./model.ts";
import { personView } from "./person-view.ts";

/** Everything that one case did and asks: read, never looked up outside, and the same on every screen. */
export async function caseView(world: ItemPorts & Pick<World, "cases" | "decisions">, id: CaseId): Promise<CaseView> {
  const stored = await world.cases.get(id);
  if (stored === undefined) throw badInput("there is no such case", { case: id });
  const { case: found, head } = stored;
  const people = peopleOf(world, world.clock());
  const decisions = await world.decisions.ofCase(id);
  return {
    ...{
      id,
      status: found.status,
      gate: found.gate,
      certainty: found.certainty,
      triggers: found.triggers,
      closed: found.closed,
    },
    person: await personView(people, found.accounts[0]),
    items: await Promise.all(found.items.map((item) => itemView(world, people, item, found))),
    messages: await Promise.all(decisions.map(({ value }) => messageView(people, value))),
    completeness: found.completeness,
    trail: { entries: head.n, hash: head.hash },
  };
}

async function messageView(people: People, decision: Decision): Promise<MessageView> {
  const { id, custodian, tickets, asked, reminded, until, last, closed, items, kept } = decision;
  return {
    ...{ decision: id, asked, reminded, until, last, closed },
    custodian: await personView(people, custodian),
    desks: tickets.map(({ desk }) => desk),
    items: items.map(({ windDown }) => windDown),
    ...(kept !== undefined && { kept }),
  };
}
