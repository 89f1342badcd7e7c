import { type CaseId, type Instant, later, type WindDownId } from "@leasehold/core/kernel";
import type { World } from "../world/index.ts";

const OVERDUE = 1; // hours

/**
 * Whether an open case or wind-down should have moved an hour ago: by when its wait ends, and where none was ever registered by
 * its last entry. Whoever restarts it, raises an alarm about it or shows it asks this.
 */
export async function isOverdue(
  { waits, trails, clock }: Pick<World, "waits" | "trails" | "clock">,
  id: WindDownId | CaseId,
): Promise<boolean> {
  const seen = await waits.glance(id); // nearly all wait for what is still to come, and that costs half
  if (seen !== undefined && later(seen.until, OVERDUE) >= clock()) return false;
  const due: Instant | undefined = (await waits.get(id))?.until ?? (await trails.entries(id)).at(-1)?.at;
  return due !== undefined && later(due, OVERDUE) < clock();
}
