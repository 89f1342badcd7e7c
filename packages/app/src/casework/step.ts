import { badInput, type CaseId, type Instant, later } from "@leasehold/core/kernel";
import { peopleOf } from "../question/index.ts";
import type { LookPorts } from "../winddown/index.ts";
import type { Stored, StoredCase, World } from "../world/index.ts";
import { askAll } from "./ask.ts";
import { closeCase } from "./close.ts";
import { gate } from "./gate.ts";
import { keepUp, remindAt } from "./keep-up.ts";
import { planItems } from "./plan-items.ts";

export type CasePorts = LookPorts &
  Pick<World, "cases" | "decisions" | "windDowns" | "findings" | "ledger" | "random" | "log">;

export type CaseNext =
  | { readonly do: "again" }
  | { readonly do: "wait"; readonly until: Instant; readonly version: number }
  | { readonly do: "closed" };

const LOOK_AGAIN = 24; // hours
const DESKS_AGAIN = 0.25; // hours, while no desk takes the question

/** Gate, plan, start, ask, remind, close: whichever is next. Each is written before the next is looked at, so a crash repeats none of them. */
export async function caseStep(world: CasePorts, id: CaseId): Promise<CaseNext> {
  const stored = await world.cases.get(id);
  if (stored === undefined) throw badInput("there is no such case", { where: "caseId" });
  if (stored.case.status === "closed") return { do: "closed" };

  const gated = stored.case.gate === "departed" ? stored : await gate(world, stored);
  if (gated.case.gate === "false leaver" && gated.case.items.length === 0) {
    await closeCase(world, gated, [], "false leaver");
    return { do: "closed" };
  }
  const planned = await planItems(world, gated);
  if (planned.version !== stored.version) return { do: "again" };
  return follow(world, planned, await itemsOf(world, planned));
}

async function follow(world: CasePorts, stored: StoredCase, items: readonly Stored[]): Promise<CaseNext> {
  const people = peopleOf(world, world.clock());
  const asked = await askAll(world, people, stored, items);
  const after = await itemsOf(world, stored);
  await keepUp(world, people, stored, after);
  if (after.every(({ windDown }) => windDown.closed)) {
    await closeCase(
      world,
      stored,
      after,
      stored.case.items.length === 0 ? "nothing was found that this person owns" : "every item has ended",
    );
    return { do: "closed" };
  }
  return { do: "wait", until: await nextLook(world, stored, asked), version: stored.version };
}

async function itemsOf({ windDowns }: CasePorts, { case: open }: StoredCase): Promise<readonly Stored[]> {
  const all = await Promise.all(open.items.map(({ windDown }) => windDown && windDowns.get(windDown)));
  return all.filter((one) => one !== undefined);
}

async function nextLook(world: CasePorts, { case: open }: StoredCase, asked: boolean): Promise<Instant> {
  const now = world.clock();
  if (!asked) return later(now, DESKS_AGAIN);
  const decisions = await world.decisions.ofCase(open.id);
  const reminders = decisions.flatMap(({ value }) => (value.closed ? [] : [remindAt(world, value)]));
  return [later(now, LOOK_AGAIN), ...reminders.filter((at) => at !== undefined)].sort()[0] as Instant;
}
