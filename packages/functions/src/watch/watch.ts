import { step } from "@leasehold/app/steps";
import { type Keep, keepRoots, pulse } from "@leasehold/app/watch";
import type { World } from "@leasehold/app/world";
import type { Declared } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { type Metric, measure, task } from "../kit/index.ts";
import type { Partner } from "./partners.ts";

const Nothing = z.object({});
const PARTNER_DOWN = "PartnerDown" as string as Metric;

export interface Pulses {
  readonly declared: () => readonly Declared[];
  readonly partners: () => Promise<readonly Partner[]>;
}

/** Every gauge each time, also those that stand at nothing: an alarm takes a missing one for a broken pulse. */
export function pulseTaker(world: () => World, { declared, partners }: Pulses) {
  const taken = step(Nothing, async (at) => {
    const sources = declared().flatMap(({ id, parts }) => (parts.includes("lists") ? [id] : []));
    const { stuck, silent, brake, critical } = await pulse(at, sources);
    measure("StuckCases", stuck);
    measure("BrakeTripped", brake);
    measure("FindingsCritical", critical);
    for (const [connector, hours] of Object.entries(silent)) measure("SourceSilentHours", hours, { connector });
    const asked = await partners();
    for (const { connector, down } of asked) measure(PARTNER_DOWN, down, { connector });
    return { stuck, silent, brake, critical, partners: asked };
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
