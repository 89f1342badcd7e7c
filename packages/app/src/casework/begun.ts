import { type Case, type Decision, isExposure } from "@leasehold/core/casework";
import { type DecisionId, digest, type Instant, later, randomId } from "@leasehold/core/kernel";
import { LEAST_NOTICE, type WindDown } from "@leasehold/core/winddown";
import type { StoredCase, Versioned } from "../world/index.ts";
import type { Asking } from "./askings.ts";
import type { CasePorts } from "./ports.ts";

export interface Begun {
  readonly decision: Versioned<Decision>;
  readonly stored: StoredCase;
}

/**
 * A message that a crash left unsent is taken up again, as long as it shows the same; one that was kept back is sent as it is
 * now, for no desk has it. A new one is begun by a write of the case: of two executions that race, one gets there.
 * `lead`: of whose message it is a part.
 */
export async function begun(world: CasePorts, stored: StoredCase, asking: Asking, lead?: DecisionId): Promise<Begun> {
  const unsent = await unsentOf(world, stored, asking);
  const kept = unsent.find(({ value }) => value.kept !== undefined);
  if (kept !== undefined) return taken(world, stored, kept, asking, lead);
  const same = (one: Decision) => one.lead === lead && digest(one.items) === digest(itemsOf(asking));
  const earlier = unsent.find(({ value }) => same(value));
  if (earlier) return { decision: lead === undefined ? earlier : await claimed(world, earlier), stored };
  return create(world, stored, asking, { lead });
}

/** While desks are down whoever asks for all tries again, and the others go on waiting for it. */
async function claimed({ decisions, clock }: CasePorts, { value, version }: Versioned<Decision>) {
  const next = { ...value, until: clock() };
  await decisions.put(next, version);
  return { value: next, version: version + 1 };
}

/** Nobody is asked yet: only written down for whom, so that the next message to them can show it. */
export async function keepBack(
  world: CasePorts,
  stored: StoredCase,
  asking: Asking,
  kept: Instant,
): Promise<StoredCase> {
  const unsent = await unsentOf(world, stored, asking);
  const known = unsent.some(({ value }) => value.kept !== undefined || value.lead !== undefined);
  return known ? stored : (await create(world, stored, asking, { kept })).stored;
}

async function unsentOf({ decisions }: CasePorts, { case: { id } }: StoredCase, { account }: Asking) {
  return (await decisions.ofCase(id)).filter(
    ({ value }) => value.items.length > 0 && value.asked === undefined && !value.closed && value.custodian === account,
  );
}

/** From now on a desk may have it, so it changes no more. */
async function taken(
  world: CasePorts,
  stored: StoredCase,
  { value, version }: Versioned<Decision>,
  asking: Asking,
  lead: DecisionId | undefined,
): Promise<Begun> {
  const { why, last } = asking;
  const present = await world.cases.change(stored, stored.case, draftOf(value.id, asking));
  const next = { ...value, why, last, lead, items: itemsOf(asking), kept: undefined, until: world.clock() };
  await world.decisions.put(next, version);
  return { decision: { value: next, version: version + 1 }, stored: present };
}

async function create(
  world: CasePorts,
  stored: StoredCase,
  asking: Asking,
  as: Pick<Decision, "kept" | "lead">,
): Promise<Begun> {
  const id = randomId("dec", world.random(32));
  const draft = as.kept === undefined ? draftOf(id, asking) : keptDraft(id, asking, as.kept);
  const present = await world.cases.change(stored, stored.case, draft);
  const { account: custodian, why, last } = asking;
  const decision: Decision = {
    ...{ id, case: stored.case.id, custodian, why, items: itemsOf(asking), tickets: [], last, heard: [], ...as },
    ...{ asked: undefined, reminded: undefined, until: world.clock(), placed: false, rendered: "", closed: false },
  };
  await world.decisions.put(decision, 0);
  return { decision: { value: decision, version: 1 }, stored: present };
}

const itemsOf = ({ items }: Asking) => items.map(({ item }) => item);
const draftOf = (decision: DecisionId, { account: custodian }: Asking) => ({
  ...{ did: "question.begun", by: "leasehold", facts: { decision, custodian } },
});
const keptDraft = (decision: DecisionId, { account: custodian }: Asking, until: Instant) => ({
  ...{ did: "question.kept", by: "leasehold", facts: { decision, custodian, until } },
});

/** Where something has leaked, everybody has little time: silence does nothing, and the next is asked. */
export function untilOf(world: CasePorts, { items }: Asking, open: Case): Instant {
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
