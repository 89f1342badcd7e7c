import type { Case } from "@leasehold/core/casework";
import { badInput, type CaseId, digest, type WindDownId } from "@leasehold/core/kernel";
import { astray, broken, CLOSED_CASE, type Entry } from "@leasehold/core/trail";
import { everyTrail, type Found, ofCase, type Place, type TrailPorts } from "./walk.ts";

/** One chain, walked from its first entry. */
export interface TrailView {
  readonly trail: string; // cas_… or wdc_…, or that of the brake
  readonly entries: number;
  readonly hash: string; // where it ends
  readonly broken: string | undefined; // the first thing that is wrong with it
  readonly hashes?: readonly string[]; // of every entry, where they are asked for
}
export interface Verified {
  readonly trails: readonly TrailView[];
  readonly next: Place | undefined; // where the walk goes on; undefined: that was all
}

const ENTRIES = 4_000; // in one page: hashed in well under a second
const TRAILS = 300; // in one page: each is two reads or three

/** A page of all trails. Nothing is remembered between two of them, so that none takes longer than a request may. */
export async function verifyPage(world: TrailPorts, from?: Place, hashes = false): Promise<Verified> {
  const trails: TrailView[] = [];
  let entries = 0;
  for await (const { found, after } of everyTrail(world, from)) {
    const view = await walked(world, found, hashes);
    trails.push(view);
    entries += view.entries;
    if (entries >= ENTRIES || trails.length >= TRAILS) return { trails, next: after };
  }
  return { trails, next: undefined };
}

/** Every trail, each once, also where two cases share it: what one of them finds wrong with it stands. */
export async function verifyTrails(world: TrailPorts): Promise<readonly TrailView[]> {
  const views: TrailView[] = [];
  for await (const { found } of everyTrail(world)) views.push(await walked(world, found));
  return once(views);
}

export function once(views: readonly TrailView[]): readonly TrailView[] {
  const byTrail = new Map<string, TrailView>();
  for (const view of views) if (!byTrail.get(view.trail)?.broken) byTrail.set(view.trail, view);
  return [...byTrail.values()];
}

/** One trail; of a case its own and those of its wind-downs. None where there is no such trail. */
export async function verifyOne(world: TrailPorts, trail: string, hashes = false): Promise<readonly TrailView[]> {
  const views: TrailView[] = [];
  for await (const { found } of trailsOf(world, trail))
    if (trail.startsWith("cas_") || found.trail === trail) views.push(await walked(world, found, hashes));
  return views;
}

/** Of a case, or of the case that a wind-down belongs to. */
export async function* trailsOf(world: TrailPorts, id: string): AsyncIterable<{ readonly found: Found }> {
  if (id === "brake") return yield* everyTrail(world, { list: "brake" });
  const of = id.startsWith("wdc_") ? (await world.windDowns.get(id as WindDownId))?.windDown.case : id;
  const stored = of?.startsWith("cas_") ? await world.cases.get(of as CaseId) : undefined;
  if (stored !== undefined) yield* ofCase(world, stored);
}

export const noSuchTrail = (trail: string) => badInput("there is no such trail", { trail });

export async function walked({ trails }: TrailPorts, found: Found, all = false): Promise<TrailView> {
  const { trail, head, roots, of } = found;
  if (head === undefined) return { trail, entries: 0, hash: "", broken: "a case names it, and it is not there" };
  const entries = await trails.entries(trail);
  const hashes = entries.map(({ hash }) => hash);
  const wrong =
    broken(trail, entries, head) ??
    roots.map((root) => astray(hashes, root, CLOSED_CASE)).find((one) => one !== undefined) ??
    (of && restated(of, entries));
  return { trail, entries: entries.length, hash: head.hash, broken: wrong, ...(all && { hashes }) };
}

/** What a closed case says that it looked at stands beside its trail; its last closing entry holds the digest. */
function restated({ status, completeness }: Case, entries: readonly Entry[]): string | undefined {
  const closing = entries.findLast(({ did }) => did === "case.closed");
  const said = closing?.facts["completeness"];
  if (status !== "closed" || closing === undefined || said === undefined || said === digest(completeness))
    return undefined;
  return `entry ${closing.n} closed the case with another statement of what was looked at`;
}
