import { type CaseId, Fault, later } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import type { Answer, Closed, WindDown } from "@leasehold/core/winddown";
import { ownerNow, peopleOf } from "../question/index.ts";
import { each, type Stored, type Versioned, type World } from "../world/index.ts";
import { attend } from "./attend.ts";
import { begin, opening } from "./begin.ts";
import { stillDead } from "./still-dead.ts";

type ReviewPorts = Pick<
  World,
  "cases" | "windDowns" | "graph" | "usage" | "estate" | "config" | "findings" | "clock" | "random" | "log"
>;

const UNRESOLVED_AGAIN = 30 * 24; // hours

/**
 * Once a day: what nobody decided is looked at again, what was kept comes up for review, both by a new wind-down with a new
 * question in the case that knew the one before; and what was confirmed dead is watched for use.
 */
export async function review(world: ReviewPorts): Promise<number> {
  let begun = 0;
  for (const status of ["closed", "open"] as const)
    for await (const id of each((cursor) => world.cases.list(status, cursor))) {
      const items = (await world.cases.get(id))?.case.items ?? [];
      for (const { windDown } of items) if (windDown) begun += await reviewed(world, id, windDown);
    }
  return begun;
}

async function reviewed(world: ReviewPorts, id: CaseId, windDown: WindDown["id"]): Promise<number> {
  const stored = await world.windDowns.get(windDown);
  if (stored === undefined || stored.windDown.case !== id) return 0;
  await watched(world, stored);
  return isDue(world, stored.windDown.closed) ? again(world, stored) : 0;
}

/** A provider that cannot be asked today is asked tomorrow, and is no reason to leave the others. */
async function watched(world: ReviewPorts, stored: Stored): Promise<void> {
  try {
    await stillDead(world, stored);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    world.log("warn", "not looked whether it was used", { windDownId: stored.windDown.id, fault: error.name });
  }
}

function isDue({ clock, config }: ReviewPorts, closed: Closed | undefined): boolean {
  if (closed?.as === "unresolved") return later(closed.at, UNRESOLVED_AGAIN) <= clock();
  return closed?.as === "kept" && later(closed.at, config.playbook.reviewDays * 24) <= clock();
}

/** Under the same lock as any other: where one is open already, or it is gone, there is nothing to look at again. */
async function again(world: ReviewPorts, { windDown: last }: Stored): Promise<number> {
  const node = await world.graph.node(last.credential);
  if (node === undefined || node.value.windDown !== undefined) return 0;
  if (node.value.subject.facts["state"]?.value === "deleted" || isAcceptedSince(node.value, last)) return 0;
  const next = await begun(world, last, node.value);
  const draft = opening(next, node.value, last.id);
  try {
    await world.windDowns.open(next, last.closed?.as === "kept" ? askedOnly(world, node) : node, draft);
    await attend(world, next);
  } catch (error) {
    if (error instanceof Fault && error.name === "Conflict") return 0; // it moved: tomorrow again
    throw error;
  }
  const was = last.closed?.as ?? "open";
  world.log("info", "a credential comes up for review", { windDownId: next.id, caseId: last.case, as: was });
  return 1;
}

/** Another wind-down ended with somebody's word since: that one's review is another. */
function isAcceptedSince({ subject }: Node, { id, closed }: WindDown): boolean {
  const at = closed?.at;
  return subject.statements.some(
    (one) => one.says === "accept" && one.eventId !== id && at !== undefined && one.at > at,
  );
}

/** Whoever it belongs to by now is asked first whether they keep it; who does not answer is asked about as of anything else. */
async function begun(world: ReviewPorts, last: WindDown, node: Node): Promise<WindDown> {
  const next = begin(world, last.case, node);
  return last.closed?.as === "kept" ? { ...next, answer: await offered(world, node) } : next;
}

async function offered(world: ReviewPorts, { subject }: Node): Promise<Answer | undefined> {
  const now = world.clock();
  const { owner, standing } = await ownerNow(peopleOf(world, now), subject, now);
  if (owner === undefined || standing.value === "departed") return undefined;
  return { kind: "keep", newOwner: owner.account, accepted: false, lapses: later(now, world.config.playbook.notice) };
}

/** Silence never acts on it, until somebody has accepted it anew. */
const askedOnly = ({ clock }: ReviewPorts, { value, version }: Versioned<Node>): Versioned<Node> => ({
  value: { ...value, contested: clock() },
  version,
});
