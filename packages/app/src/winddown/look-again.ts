import { same } from "@leasehold/core/connector";
import { found } from "@leasehold/core/finding";
import type { CredentialId, WindDownId } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import { again, type Versioned, type World } from "../world/index.ts";
import { attend } from "./attend.ts";
import { begin, opening } from "./begin.ts";
import { type LookPorts, look } from "./look.ts";

type AgainPorts = LookPorts & Pick<World, "windDowns" | "cases" | "findings" | "random" | "log">;
export type Again = "looks now" | "begun again" | "as we left it" | "not ours";

/**
 * Somebody's hand was on a credential: its open wind-down looks now, and not when its wait ends. One that has ended and
 * whose acts no longer stand, however long ago, begins again at flagged, with a finding and a question of its own.
 */
export async function lookAgain(world: AgainPorts, credential: CredentialId): Promise<Again> {
  const node = await world.graph.node(credential);
  if (node?.value.windDown !== undefined) return heard(world, node.value.windDown);
  if (node?.value.left === undefined) return "not ours";
  return afterwards(world, node, node.value.left);
}

/**
 * A write, so that a step which looked just before does not go to sleep on what it saw; also where another write went through
 * meanwhile, for that may have been the step's own. Its being said wakes whoever sleeps.
 */
async function heard({ windDowns, cases, graph }: AgainPorts, id: WindDownId): Promise<Again> {
  const moved = await again(async () => {
    const stored = await windDowns.get(id);
    if (stored === undefined || stored.windDown.closed) return undefined;
    const draft = { did: "credential.moved", by: "leasehold", facts: { rung: stored.windDown.rung } };
    await windDowns.change(stored, stored.windDown, draft);
    return stored.windDown;
  });
  if (moved === undefined) return "not ours";
  await attend({ cases, graph }, moved);
  return "looks now";
}

async function afterwards(world: AgainPorts, node: Versioned<Node>, last: WindDownId): Promise<Again> {
  const { windDown } = (await world.windDowns.get(last)) ?? {};
  const act = windDown?.acts.at(-1);
  if (windDown === undefined || act === undefined) return "not ours";
  const { state } = (await look(world, windDown)).view;
  if (state === undefined || same(state, act.receipt.after)) return "as we left it";

  const at = world.clock();
  const next = begin(world, windDown.case, node.value);
  const remedy = "ask who switched it, and answer the new question";
  await world.findings.put(
    found("somebody changed it after us", next.credential, at, remedy, { credential: next.credential, windDown: last }),
  );
  const draft = opening(next, node.value, last);
  const moved = { ...node, value: { ...node.value, left: undefined, contested: at } };
  await world.windDowns.open(next, moved, draft);
  await again(() => attend(world, next)); // several of one case may begin at once
  world.log("warn", "a credential was switched on again after its wind-down", { windDownId: next.id });
  return "begun again";
}
