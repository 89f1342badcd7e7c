import { type CaseId, Fault, laterBy, type WindDownId } from "@leasehold/core/kernel";
import { isCase } from "../winddown/index.ts";
import type { World } from "../world/index.ts";

interface Later {
  readonly do: "wait";
  readonly until: ReturnType<World["clock"]>;
  readonly version: number;
}

/**
 * A provider's limit had no turn for it, or the provider said when to come back: it waits until then and begins afresh. To try again
 * before would only be refused, and take the turn of another. The version is read after the refusal: what the step wrote itself, an
 * intent and its withdrawal, must not wake it at once.
 */
export async function whenItMay<T>(
  world: Pick<World, "cases" | "windDowns" | "clock">,
  id: WindDownId | CaseId,
  step: Promise<T>,
): Promise<T | Later> {
  try {
    return await step;
  } catch (error) {
    const seconds = error instanceof Fault && error.name === "Throttled" ? error.facts["retryAfterSeconds"] : undefined;
    if (typeof seconds !== "number") throw error;
    const stored = isCase(id) ? await world.cases.get(id) : await world.windDowns.get(id);
    if (stored === undefined) throw error;
    return { do: "wait", until: laterBy(world.clock(), seconds), version: stored.version };
  }
}
