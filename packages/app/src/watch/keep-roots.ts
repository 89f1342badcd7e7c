import { found } from "@leasehold/core/finding";
import { digest, type Instant } from "@leasehold/core/kernel";
import type { Head, Root } from "@leasehold/core/trail";
import { everyTrail, once, type TrailView, walked } from "../audit/index.ts";
import type { World } from "../world/index.ts";

type RootPorts = Pick<World, "cases" | "windDowns" | "trails" | "ledger" | "findings" | "clock" | "log">;

/** Where trails end today, as one object that nobody can take back. */
export interface Roots {
  readonly at: Instant;
  readonly trails: readonly Root[];
}
/** Keeps one object for good; the same key again stays as it is. */
export type Keep = (key: string, text: string) => Promise<void>;

export interface Kept {
  readonly trails: number;
  readonly broken: number;
  readonly key: string;
}

/**
 * Walks every trail, says which are broken, and keeps where the others end: a chain put in a chain's place is found against it.
 * `known`: the ends that were kept before, where each object adds to the last one; a trail that still ends there is not walked.
 */
export async function keepRoots(world: RootPorts, keep: Keep, known?: ReadonlyMap<string, Head>): Promise<Kept> {
  const at = world.clock();
  const views = [...(await endsOf(world, known))].sort((a, b) => (a.trail < b.trail ? -1 : 1));
  const broken = views.filter((one) => one.broken !== undefined);
  for (const view of broken) await report(world, view, at);
  const trails = views
    .filter((one) => one.broken === undefined)
    .map(({ trail, entries, hash }) => ({ trail, entries, hash }));
  const key = `roots/${at.slice(0, 10)}/${digest(trails)}.json`;
  if (known === undefined || trails.length > 0) await keep(key, JSON.stringify({ at, trails } satisfies Roots));
  return { trails: views.length, broken: broken.length, key };
}

async function endsOf(world: RootPorts, known?: ReadonlyMap<string, Head>): Promise<readonly TrailView[]> {
  const views: TrailView[] = [];
  for await (const { found } of everyTrail(world)) {
    const before = known?.get(found.trail);
    const stays = before !== undefined && before.n === found.head?.n && before.hash === found.head.hash;
    if (!stays) views.push(await walked(world, found));
  }
  return once(views);
}

async function report({ findings, log }: RootPorts, { trail, broken = "" }: TrailView, at: Instant): Promise<void> {
  const remedy = "the audit trail does not agree with itself: compare it with the roots that were kept on earlier days";
  log("error", "a trail is broken", { subject: trail, because: broken });
  await findings.put(found("a trail is broken", trail, at, remedy, { trail, because: broken }));
}
