import { REFUSALS } from "@leasehold/core/connector";
import { dayOf, type Instant, later } from "@leasehold/core/kernel";
import type { World } from "../world/index.ts";
import { NONE, Refusals } from "./model.ts";

const sourceOf = (connector: string, day: Instant) => `refused/${connector}/${day}`;

/**
 * Adds to what that day had. Two who add at the same moment may lose one of both, and what waits in line may come twice: it is
 * a number for a person to look at, and nothing is decided by it.
 */
export async function keepRefused({ marks, clock }: Pick<World, "marks" | "clock">, more: Refusals): Promise<void> {
  const { connector, day, counts, seconds } = more;
  const source = sourceOf(connector, day);
  const before = (await marks.get(source))?.notes ?? {};
  const sum = Object.fromEntries(REFUSALS.map((why) => [why, Number(before[why] ?? 0) + counts[why]]));
  const behind = seconds ?? before["seconds"];
  const notes = { ...sum, ...(behind !== undefined && { seconds: behind }) };
  await marks.put({ source, stamp: day, at: clock(), notes });
}

/** Of the last days, today first; none of a day on which nothing was refused. */
export async function refusedLately(
  { marks, clock }: Pick<World, "marks" | "clock">,
  connector: string,
): Promise<readonly Omit<Refusals, "connector">[]> {
  const days = Array.from({ length: DAYS }, (_, ago) => dayOf(later(clock(), -24 * ago)));
  const read = days.map(async (day) => {
    const mark = await marks.get(sourceOf(connector, day));
    const { seconds, ...counts } = mark?.notes ?? {};
    const one = Refusals.safeParse({
      ...{ connector, day, counts: { ...NONE, ...counts } },
      ...(seconds !== undefined && { seconds }),
    });
    if (mark === undefined || !one.success) return [];
    const { connector: _, ...said } = one.data;
    return [said];
  });
  return (await Promise.all(read)).flat();
}

const DAYS = 7;
