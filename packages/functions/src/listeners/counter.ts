import { recordUsageStep, type Step } from "@leasehold/app/steps";
import type { World } from "@leasehold/app/world";
import { measure, together } from "../kit/index.ts";
import { type Listeners, listening } from "./receiver.ts";

interface Done {
  readonly notUnderstood: Readonly<Record<string, number>>; // by connector
}

/** Calls of a whole batch, counted at once: what cannot be read is a number, and costs the others nothing. */
export const counterStep = (ears: Listeners): Step => ({
  run: async (world, batch) => {
    const done = await recordUsageStep.run({ ...world, estate: listening(ears, world.config) }, batch);
    for (const [connector, n] of Object.entries((done as Done).notUnderstood))
      measure("EventsNotUnderstood", n, { connector });
    return done;
  },
});

export const counter = (ears: Listeners, world: () => World) => together(counterStep(ears), world);
