import { badInput, type CaseId, type WindDownId } from "@leasehold/core/kernel";
import type { World } from "../world/index.ts";

/** A case's wind-downs, or the one that is named. */
export async function windDownsOf(
  { cases, windDowns }: Pick<World, "cases" | "windDowns">,
  id: string,
): Promise<{ readonly case: CaseId; readonly windDowns: readonly WindDownId[] }> {
  if (id.startsWith("cas_")) {
    const stored = await cases.get(id as CaseId);
    if (stored === undefined) throw badInput("there is no such case", { case: id });
    return { case: stored.case.id, windDowns: stored.case.items.flatMap(({ windDown }) => windDown ?? []) };
  }
  const stored = id.startsWith("wdc_") ? await windDowns.get(id as WindDownId) : undefined;
  if (stored === undefined) throw badInput("there is no such case or wind-down: give a cas_… or a wdc_…", { id });
  return { case: stored.windDown.case, windDowns: [stored.windDown.id] };
}
