import { step } from "@leasehold/app/steps";
import { type Keep, keepRoots, pulse } from "@leasehold/app/watch";
import type { World } from "@leasehold/app/world";
import type { Declared } from "@leasehold/core/connector";
import * as z from "zod";
import { measure, task } from "../kit/index.ts";

const Nothing = z.object({});

/** Every gauge each time, also those that stand at nothing: an alarm takes a missing one for a broken pulse. */
export function pulseTaker(world: () => World, declared: () => readonly Declared[]) {
  const taken = step(Nothing, async (at) => {
    const sources = declared().flatMap(({ id, parts }) => (parts.includes("lists") ? [id] : []));
    const { stuck, silent, brake, critical } = await pulse(at, sources);
    measure("StuckCases", stuck);
    measure("BrakeTripped", brake);
    measure("FindingsCritical", critical);
    for (const [connector, hours] of Object.entries(silent)) measure("SourceSilentHours", hours, { connector });
    return { stuck, silent, brake, critical };
  });
  return task(taken, world);
}

/** The number of broken chains each time, also where there is none. */
export function rootKeeper(world: () => World, keep: Keep) {
  const kept = step(Nothing, async (at) => {
    const { trails, broken, key } = await keepRoots(at, keep);
    measure("ChainBroken", broken);
    return { trails, broken, key };
  });
  return task(kept, world);
}
