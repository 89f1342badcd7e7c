import type { Case, Trigger } from "@leasehold/core/casework";
import { type AccountId, badInput, type CaseId, timedId } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import { peopleOf } from "../question/index.ts";
import { again, type StoredCase, type Versioned, type World } from "../world/index.ts";

export type OpenPorts = Pick<World, "graph" | "cases" | "config" | "clock" | "random" | "log">;

/** One case for one departure: every account of the person points to it, so a later source of the same departure joins the first. */
export function openCase(world: OpenPorts, trigger: Trigger & { readonly subject: AccountId }): Promise<CaseId> {
  return again(() => attempt(world, trigger));
}

async function attempt(world: OpenPorts, trigger: Trigger & { readonly subject: AccountId }): Promise<CaseId> {
  const { accounts } = await peopleOf(world, world.clock()).cluster(trigger.subject);
  const all = await Promise.all(accounts.map((account) => world.graph.node(account)));
  const nodes = all.filter((node) => node !== undefined);
  if (nodes.length === 0) throw badInput("no directory knows this account", { where: "account" });
  const open = await firstOpen(world, nodes);
  if (open) return join(world, open, trigger, nodes);

  return begin(world, { triggers: [trigger], accounts, gate: "unread" }, trigger, nodes);
}

/** Under a condition on every node that points to it from then on. */
export async function begin(
  world: OpenPorts,
  about: Pick<Case, "triggers" | "accounts" | "gate">,
  trigger: Trigger,
  nodes: readonly Versioned<Node>[],
): Promise<CaseId> {
  const id = timedId("cas", world.clock(), world.random(10));
  const opened: Case = {
    ...{ id, ...about, items: [], status: "open" },
    ...{ closed: undefined, completeness: undefined, lives: 1 },
  };
  const pointing = nodes.map((node): Versioned<Node> => ({ ...node, value: { ...node.value, openCase: id } }));
  await world.cases.open(opened, pointing, { did: "case.opened", by: "leasehold", facts: factsOf(trigger) });
  world.log("info", "case opened", { caseId: id, trigger: trigger.kind });
  return id;
}

async function firstOpen({ cases }: OpenPorts, nodes: readonly Versioned<Node>[]): Promise<StoredCase | undefined> {
  for (const { value } of nodes) {
    const stored = value.openCase && (await cases.get(value.openCase));
    if (stored?.case.status === "open") return stored;
  }
  return undefined;
}

/** Accounts that were found to be the same person's since come in with it. */
async function join(
  { cases }: OpenPorts,
  stored: StoredCase,
  trigger: Trigger,
  nodes: readonly Versioned<Node>[],
): Promise<CaseId> {
  const { case: open } = stored;
  const known = open.triggers.some(
    ({ subject, eventId }) => subject === trigger.subject && eventId === trigger.eventId,
  );
  if (known) return open.id;
  const facts = factsOf(trigger);
  // what was read before this one came was about another trigger: it is read again
  const kept = open.gate === "departed" || (open.gate === "false leaver" && trigger.kind === "moved"); // a move says nothing of either
  const gate = kept ? open.gate : "unread";
  const accounts = [...new Set([...open.accounts, ...nodes.map(({ value }) => value.subject.id as AccountId)])];
  const leftAgain = open.gate === "false leaver" && !kept; // what was taken back is looked at anew, and counted anew
  const anew = leftAgain ? { items: [], brake: undefined, again: trigger.recordedAt } : {};
  const next: Case = { ...open, gate, accounts, triggers: [...open.triggers, trigger], ...anew };
  const pointing = nodes
    .filter(({ value }) => value.openCase === undefined)
    .map((node) => ({ ...node, value: { ...node.value, openCase: open.id } }));
  await cases.change(stored, next, { did: "trigger.joined", by: "leasehold", facts }, pointing);
  return open.id;
}

/** Both instants: when it happened, and when we first learned of it. */
export const factsOf = ({ kind, subject, occurredAt, recordedAt, eventId, found }: Trigger) => ({
  ...{ trigger: kind, subject, occurredAt, recordedAt, eventId },
  ...(found && { found }),
});
