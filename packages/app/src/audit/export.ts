import type { Instant } from "@leasehold/core/kernel";
import type { Line } from "@leasehold/core/trail";
import { trailsOf } from "./verify.ts";
import { everyTrail, type Found, type Place, type TrailPorts } from "./walk.ts";

export interface Exported {
  readonly lines: readonly Line[];
  readonly next: Place | undefined;
}

const LINES = 4_000; // in one page: about a megabyte and a half

/** A page of every trail: its entries since an instant, and after the last of them where it ends. */
export async function exportPage(world: TrailPorts, since?: Instant, from?: Place): Promise<Exported> {
  const lines: Line[] = [];
  for await (const { found, after } of everyTrail(world, from)) {
    lines.push(...(await linesOf(world, found, since)));
    if (lines.length >= LINES) return { lines, next: after };
  }
  return { lines, next: undefined };
}

/** Those of one case and its wind-downs; of a wind-down those of its case, whose closing entry names its end. */
export async function exportOne(world: TrailPorts, id: string, since?: Instant): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for await (const { found } of trailsOf(world, id)) lines.push(...(await linesOf(world, found, since)));
  return lines;
}

/** A trail in which nothing happened since has no line. */
async function linesOf({ trails }: TrailPorts, { trail, head }: Found, since?: Instant): Promise<readonly Line[]> {
  const entries = await trails.entries(trail);
  const first = since === undefined ? 0 : entries.findIndex(({ at }) => at >= since);
  if (head === undefined || first === -1) return [];
  return [...entries.slice(first), { trail, entries: head.n, hash: head.hash }];
}
