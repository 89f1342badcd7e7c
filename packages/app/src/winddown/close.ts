import { fold, joinStatement, ownerOf } from "@leasehold/core/attribution";
import { same } from "@leasehold/core/connector";
import { found } from "@leasehold/core/finding";
import type { Instant, WindDownId } from "@leasehold/core/kernel";
import { evidenceOn, type Node } from "@leasehold/core/lineage";
import type { Close, WindDown } from "@leasehold/core/winddown";
import type { Stored, Versioned } from "../world/index.ts";
import type { Looked } from "./look.ts";
import type { AdvancePorts, Next } from "./next.ts";

/** The end of a wind-down, and what it says about the credential, in one write. */
export async function close(world: AdvancePorts, stored: Stored, looked: Looked, as: Close): Promise<Next> {
  const { node } = looked;
  const at = world.clock();
  const { windDown } = stored;
  const { id, credential, question } = windDown;
  if (as === "unresolved") {
    const remedy = "decide what becomes of it: the last who was asked did not answer";
    const asked = question?.custodian ?? "nobody";
    await world.findings.put(found("nobody decided", id, at, remedy, { credential, asked }));
  }
  const draft = { did: "wind-down.closed", by: "leasehold", facts: { as } };
  const next: WindDown = { ...windDown, closed: { as, at }, question: undefined, wants: undefined };
  const left = await standing(world, windDown, looked, as);
  await world.windDowns.change(stored, next, draft, {
    node: { ...node, value: after(node, windDown, { as, at, left }) },
  });
  world.log("info", "wind-down closed", { windDownId: id, credentialId: credential, as });
  return { do: "closed" };
}

/** Whose acts still stand: its own; or, where it did none, those of an earlier one, as long as what they left is there. */
async function standing(
  { windDowns }: Pick<AdvancePorts, "windDowns">,
  { id, acts }: WindDown,
  { node, view }: Looked,
  as: Close,
): Promise<WindDownId | undefined> {
  if (as === "gone") return undefined;
  if (acts.length > 0) return id;
  const { left } = node.value;
  const earlier = left === undefined ? undefined : await windDowns.get(left);
  const last = earlier?.windDown.acts.at(-1);
  return last !== undefined && same(view.state, last.receipt.after) ? left : undefined;
}

interface Ended {
  readonly as: Close;
  readonly at: Instant;
  readonly left: WindDownId | undefined;
}

/** Whose it is from now on, that silence acts on it no more, and which acts of ours still stand. */
function after({ value, version }: Versioned<Node>, { id, answer, drill }: WindDown, { as, at, left }: Ended): Node {
  if (as === "undone" && drill) return { ...value, left }; // it was agreed before: the next drill begins as this one did
  if (as === "undone") return { ...value, left, contested: at };
  if (as !== "kept" || answer?.kind !== "keep") return { ...value, left };

  const { newOwner } = answer;
  const accepted = { speaker: newOwner, role: "self", candidate: newOwner, says: "accept", at, eventId: id } as const;
  const statements = joinStatement(value.subject.statements, accepted);
  const subject = { ...value.subject, statements };
  const owner = ownerOf(fold(evidenceOn(subject), statements, at), statements); // the index follows it: when they leave, it is found
  const pending = value.pending.filter(({ kind }) => kind !== "owner.changed");
  const changed = { kind: "owner.changed", version: version + 1 } as const;
  return { ...value, left, subject, owner, pending: [...pending, changed] };
}
