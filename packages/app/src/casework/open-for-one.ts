import type { Trigger } from "@leasehold/core/casework";
import { badInput, type CaseId, type CredentialId } from "@leasehold/core/kernel";
import { again } from "../world/index.ts";
import { begin, factsOf, type OpenPorts } from "./open.ts";

/** One case for one credential that nobody has left behind: what has leaked, or what a person opens as nobody's. A second source joins. */
export function openForOne(world: OpenPorts, trigger: Trigger & { readonly subject: CredentialId }): Promise<CaseId> {
  return again(() => attempt(world, trigger));
}

async function attempt(world: OpenPorts, trigger: Trigger & { readonly subject: CredentialId }): Promise<CaseId> {
  const node = await world.graph.node(trigger.subject);
  if (node === undefined) throw badInput("there is no such credential", { where: "credential" });
  const stored = node.value.openCase && (await world.cases.get(node.value.openCase));
  if (stored?.case.status !== "open")
    return begin(world, { triggers: [trigger], accounts: [], gate: "no departure" }, trigger, [node]);

  const { case: open } = stored;
  if (open.triggers.some(({ kind, eventId }) => kind === trigger.kind && eventId === trigger.eventId)) return open.id;
  const leaked = trigger.kind === "exposed" && !open.triggers.some(({ kind }) => kind === "exposed");
  const items = leaked ? [] : open.items; // it was only nobody's: now it is asked about anew, and at once
  const draft = { did: "trigger.joined", by: "leasehold", facts: factsOf(trigger) };
  await world.cases.change(stored, { ...open, items, triggers: [...open.triggers, trigger] }, draft);
  return open.id;
}
