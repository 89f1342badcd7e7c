import { type CaseId, hoursBetween, type Instant, type WindDownId } from "@leasehold/core/kernel";
import { caseStory, type ItemStory, itemStory } from "@leasehold/core/report";
import type { World } from "../world/index.ts";

/** One stage of a drill, and when it was reached. */
export interface Reached {
  readonly stage: "learned" | "gate" | "asked" | "disabled" | "verified" | "taken back";
  readonly at: Instant | undefined;
  readonly minutes: number | undefined; // since what began it happened
}
export interface DrillState {
  readonly case: CaseId;
  readonly stages: readonly Reached[];
  readonly items: readonly ItemStory[];
  readonly ended: Instant | undefined; // once every item was taken back, or ended in another way
}

/** Told by the trails, as any case's. The slowest item counts: a drill is as fast as its last one. */
export async function stateOf({ cases, trails }: Pick<World, "cases" | "trails">, id: CaseId): Promise<DrillState> {
  const stored = await cases.get(id);
  const entries = await trails.entries(id);
  const ids = (stored?.case.items ?? []).flatMap(({ windDown }) => windDown ?? []) as readonly WindDownId[];
  const items: ItemStory[] = [];
  for (const one of ids) items.push(itemStory(one, await trails.entries(one)));
  const story = caseStory(id, entries);
  const [trigger] = story.triggers;
  const last = (of: (item: ItemStory) => Instant | undefined) => latestOf(items.map(of));
  const back = last(({ closed }) => closed?.at);
  const reached = (stage: Reached["stage"], at: Instant | undefined): Reached => ({
    ...{ stage, at },
    minutes: at === undefined || trigger === undefined ? undefined : 60 * hoursBetween(trigger.occurredAt, at),
  });
  return {
    case: id,
    stages: [
      reached("learned", trigger?.recordedAt),
      reached("gate", story.gates.at(0)?.at),
      reached(
        "asked",
        last(({ askedAt }) => askedAt),
      ),
      reached(
        "disabled",
        last(({ disabledAt }) => disabledAt),
      ),
      reached(
        "verified",
        last(({ verifiedAt }) => verifiedAt),
      ),
      reached("taken back", items.every(({ closed }) => closed?.as === "undone") ? back : undefined),
    ],
    items,
    ended: endedAt(items, stored?.case.closed?.at, back),
  };
}

/** Reached by all, at the latest of their instants; by none where one has not. */
function latestOf(all: readonly (Instant | undefined)[]): Instant | undefined {
  const reached = all.filter((one) => one !== undefined).sort();
  return reached.length === all.length ? reached.at(-1) : undefined;
}

/** What was switched off must be on again; whatever ended otherwise has ended. */
function endedAt(items: readonly ItemStory[], closed: Instant | undefined, back: Instant | undefined) {
  if (items.length === 0) return closed;
  return items.every(({ rung, closed: one }) => one !== undefined && rung === "flagged") ? back : undefined;
}
