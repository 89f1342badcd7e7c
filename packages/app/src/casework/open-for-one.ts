import { type Case, isExposure, type Trigger } from "@leasehold/core/casework";
import { badInput, type CaseId, type CredentialId } from "@leasehold/core/kernel";
import { again, type World } from "../world/index.ts";
import { begin, factsOf, type OpenPorts } from "./open.ts";

type Ports = OpenPorts & Pick<World, "windDowns">;

/** One case for one credential that nobody has left behind: what has leaked, or what a person opens as nobody's. A second source joins. */
export function openForOne(world: Ports, trigger: Trigger & { readonly subject: CredentialId }): Promise<CaseId> {
  return again(() => attempt(world, trigger));
}

async function attempt(world: Ports, trigger: Trigger & { readonly subject: CredentialId }): Promise<CaseId> {
  const node = await world.graph.node(trigger.subject);
  if (node === undefined) throw badInput("there is no such credential", { where: "credential" });
  const stored = node.value.openCase && (await world.cases.get(node.value.openCase));
  if (stored?.case.status !== "open")
    return begin(world, { triggers: [trigger], accounts: [], gate: "no departure" }, trigger, [node]);

  const { case: open } = stored;
  if (open.triggers.some(({ kind, eventId }) => kind === trigger.kind && eventId === trigger.eventId)) return open.id;
  const leaked = trigger.kind === "exposed" && (!isExposure(open) || (await isHeld(world, open)));
  const items = leaked ? [] : open.items; // it was only nobody's, or put off: now it is asked about anew, and at once
  const draft = { did: "trigger.joined", by: "leasehold", facts: factsOf(trigger) };
  await world.cases.change(stored, { ...open, items, triggers: [...open.triggers, trigger] }, draft);
  return open.id;
}

async function isHeld({ windDowns }: Ports, { items }: Case): Promise<boolean> {
  const all = await Promise.all(items.map(({ windDown }) => windDown && windDowns.get(windDown)));
  return all.some((one) => one?.windDown.answer?.kind === "hold");
}
