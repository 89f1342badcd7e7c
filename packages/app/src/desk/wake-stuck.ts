import { openFindings } from "../question/index.ts";
import { isCase, wake } from "../winddown/index.ts";
import type { World } from "../world/index.ts";

const MOST = 200; // woken at once; the rest looks again by itself within six hours

/** Whoever found no place while the brake was on looks again now. */
export async function wakeStuck(
  world: Pick<World, "findings" | "waits" | "runs" | "windDowns" | "cases">,
): Promise<number> {
  const stuck = (await openFindings(world)).filter(({ kind }) => kind === "the brake has no place").slice(0, MOST);
  for (const { about } of stuck) if (isCase(about) || isWindDown(about)) await wake(world, about);
  for (const { id } of stuck) await world.findings.close(id); // whoever still finds no place says so again
  return stuck.length;
}

const isWindDown = (id: string): id is `wdc_${string}` => id.startsWith("wdc_");
