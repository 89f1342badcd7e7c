import type { Finding } from "@leasehold/core/finding";
import { every, type World } from "../world/index.ts";

const ORDER: readonly Finding["severity"][] = ["critical", "high", "medium", "low"];

/** What is wrong now, worst first, and of one severity the oldest first. */
export async function openFindings({ findings }: Pick<World, "findings">): Promise<readonly Finding[]> {
  const all = await every((cursor) => findings.list(cursor));
  return all.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || (a.at < b.at ? -1 : 1));
}
