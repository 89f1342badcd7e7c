import type { Instant } from "@leasehold/core/kernel";
import type { SubjectId } from "@leasehold/core/lineage";
import type { Kept } from "../world/index.ts";
import { aboutOf } from "./aside.ts";
import { type IngestPorts, ingest } from "./ingest.ts";

/** Joins what was kept aside and whose time has come, as it was delivered. A crash in between joins it again, which changes nothing. */
export async function ingestDue(world: IngestPorts, now: Instant): Promise<readonly SubjectId[]> {
  const toAnnounce: SubjectId[] = [];
  for (let due = await world.later.due(now); due.length > 0; due = await world.later.due(now)) {
    for (const live of [true, false]) {
      const signals = due.filter((kept) => kept.live === live).map(({ signal }) => signal);
      const { toAnnounce: said } = await ingest(world, signals, { live, recordedAt: now });
      toAnnounce.push(...said);
    }
    await closeFindings(world, due, now);
    await world.later.clear(due.map(({ key }) => key));
  }
  return [...new Set(toAnnounce)].sort();
}

async function closeFindings({ findings }: IngestPorts, due: readonly Kept[], now: Instant): Promise<void> {
  for (const about of new Set(due.map(({ signal }) => aboutOf(signal)))) {
    const open = await findings.of(about);
    const over = open.filter(({ kind, facts }) => kind === "dated in the future" && String(facts["until"]) <= now);
    for (const { id } of over) await findings.close(id);
  }
}
