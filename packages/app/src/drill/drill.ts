import { found } from "@leasehold/core/finding";
import { type CaseId, Fault, type Instant, later } from "@leasehold/core/kernel";
import type { ItemStory } from "@leasehold/core/report";
import { undo } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import { beginDrill } from "./canary.ts";
import { type Kept, kept, latest } from "./kept.ts";
import { type DrillState, stateOf } from "./state.ts";

export interface Drilled {
  readonly drill: "none is configured" | "begun" | "runs" | "ended" | "refused";
  readonly case?: CaseId;
}

/** One look by the clock: the drill that runs is brought on; where none runs and one is due, it begins. */
export async function drillOn(world: World): Promise<Drilled> {
  const canary = world.config.drill;
  const last = await latest(world);
  if (last !== undefined) {
    const state = await stateOf(world, last.case);
    if (state.ended === undefined) return follow(world, last, state);
    const all = state.stages.every(({ at }) => at !== undefined);
    await (all
      ? world.findings.close(late(last.case, world.clock()).id)
      : world.findings.put(late(last.case, world.clock())));
  }
  if (canary === undefined) return { drill: "none is configured" };
  if (last !== undefined && later(last.at, 24 * canary.everyDays) > world.clock())
    return { drill: "ended", case: last.case };
  return begin(world);
}

/** What keeps it from beginning is a finding: nobody reads what a schedule throws. */
async function begin(world: World): Promise<Drilled> {
  try {
    const opened = await beginDrill(world);
    await world.findings.close(found(UNENDED, "drill", world.clock(), "").id);
    return { drill: "begun", case: opened };
  } catch (error) {
    if (!(error instanceof Fault) || error.name !== "BadInput") throw error;
    await world.findings.put(found(UNENDED, "drill", world.clock(), error.message));
    return { drill: "refused" };
  }
}

const UNENDED = "the drill did not end";
const late = (id: CaseId, at: Instant) =>
  found(UNENDED, id, at, "look where it stands with `leasehold drill --history`: a real leaver would wait there, too");

/** What was read back is taken back; the canary is as it was when the next one begins. */
async function follow(world: World, last: Kept, { items }: DrillState): Promise<Drilled> {
  for (const item of items) {
    const stored = isOff(item) ? await world.windDowns.get(item.windDown) : undefined;
    if (stored?.windDown.drill) await undo(world, item.windDown, undefined); // of a drill's own, and of no other
  }
  const { within } = world.config.drill ?? { within: 0 };
  if (later(last.at, within) <= world.clock()) await world.findings.put(late(last.case, world.clock()));
  return { drill: "runs", case: last.case };
}

const isOff = ({ rung, acts, undoAsked }: ItemStory): boolean =>
  rung !== "flagged" && undoAsked === undefined && acts.at(-1)?.provenAt !== undefined;

/** Newest first, each with the minutes to every stage. */
export async function drillHistory(world: Pick<World, "marks" | "clock" | "cases" | "trails">, most = 24) {
  const all: (Kept & Pick<DrillState, "stages" | "ended">)[] = [];
  for (const one of await kept(world, most)) {
    const { stages, ended } = await stateOf(world, one.case);
    all.push({ ...one, stages, ended });
  }
  return all;
}
