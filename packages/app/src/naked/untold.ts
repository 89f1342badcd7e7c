import type { Finding } from "@leasehold/core/finding";
import { isNaked } from "@leasehold/core/guardrail";
import { hoursBetween, type IdentityId, Instant, later } from "@leasehold/core/kernel";
import type { Subject } from "@leasehold/core/lineage";
import { each, type World } from "../world/index.ts";

export type NakedPorts = Pick<World, "graph" | "findings" | "marks" | "ledger" | "estate" | "config" | "clock" | "log">;

/** A server that asks nobody, and the finding of this time: mended and naked anew it has a later one. */
export interface Naked {
  readonly subject: Subject;
  readonly finding: Finding;
}

export const KIND = "naked MCP server";
const SEEN = "naked/seen"; // how far the findings were gone through
const SPAN = 24; // hours by which a finding may come late, and in which what the first sweeps find is a report

/** Of which nobody was told since they are naked. What stood open before the installation is in its first report, and no message. */
export async function untoldOf(world: NakedPorts, now: Instant): Promise<readonly Naked[]> {
  const installed = await world.ledger.installed(now);
  const from = await seenUntil(world, installed);
  const untold: Naked[] = [];
  for await (const finding of each((cursor) => world.findings.since(from, cursor))) {
    if (finding.kind !== KIND || (await isTold(world, finding))) continue;
    const subject = (await world.graph.node(finding.about as IdentityId))?.value.subject;
    if (subject !== undefined && isNaked(subject) && !isReported(subject, finding, installed))
      untold.push({ subject, finding });
  }
  return untold;
}

const markOf = ({ about }: Finding): string => `naked/${about}`;

async function isTold({ marks }: NakedPorts, finding: Finding): Promise<boolean> {
  return (await marks.get(markOf(finding)))?.notes["found"] === finding.at;
}

export const noteTold = ({ marks }: NakedPorts, finding: Finding, now: Instant): Promise<void> =>
  marks.put({ ...{ source: markOf(finding), stamp: KIND, at: now }, notes: { found: finding.at } });

/** A list that names no beginning leaves the instant at which it was said first. */
function isReported({ facts }: Subject, { at }: Finding, installed: Instant): boolean {
  const began = Instant.safeParse(facts["createdAt"]?.value).data ?? facts["authorizer"]?.at ?? at;
  return began < installed && at < later(installed, SPAN);
}

async function seenUntil({ marks }: NakedPorts, installed: Instant): Promise<Instant> {
  const mark = await marks.get(SEEN);
  if (mark === undefined) return installed;
  const waiting = Instant.safeParse(mark.notes["waiting"]).data ?? mark.at;
  const late = later(mark.at, -SPAN);
  return waiting < late ? waiting : late;
}

/** Findings are many, and most are old: the next run begins at the first that waits still, or a day before this one. */
export async function noteSeen({ marks }: NakedPorts, still: readonly Naked[], now: Instant): Promise<void> {
  const waiting: string = still.map(({ finding }) => finding.at).sort()[0] ?? NONE;
  const before = await marks.get(SEEN);
  if (before?.notes["waiting"] === waiting && hoursBetween(before.at, now) < 1) return;
  await marks.put({ source: SEEN, stamp: KIND, at: now, notes: { waiting } });
}
const NONE = "none";
