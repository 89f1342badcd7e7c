import * as z from "zod/mini";
import { brakeView, brakeOn as putOn, release } from "../brake/index.ts";
import { openFindings } from "../question/index.ts";
import { isCase, wake } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import { type Caller, call } from "./model.ts";
import { Because } from "./text.ts";

export const brakeStatus = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({}) },
  run: (world) => brakeView(world),
});

/** It only stops: on the laptop whoever holds the file may. */
export const brakeOn = call({
  ...{ may: "operators", does: "writes", input: z.strictObject({ because: Because }) },
  run: async (world, { because }, caller) => {
    const turned = await putOn(world, nameOf(caller), because);
    world.log("warn", "brake put on by hand", { by: turned.frozen.by });
    return turned;
  },
});

export const brakeRelease = call({
  ...{ may: "security", does: "writes", input: z.strictObject({}) },
  run: async (world, _, caller) => {
    const released = await release(world, nameOf(caller));
    const woken = released.outcome === "released" ? await wakeStuck(world) : 0;
    world.log("warn", "brake released by hand", { by: nameOf(caller), woken });
    return { ...released, woken };
  },
});

const MOST = 200; // woken at once; the rest looks again by itself within six hours

/** Whoever found no place while it was on looks again now. */
async function wakeStuck(world: World): Promise<number> {
  const stuck = (await openFindings(world)).filter(({ kind }) => kind === "the brake has no place").slice(0, MOST);
  for (const { about } of stuck) if (isCase(about) || isWindDown(about)) await wake(world, about);
  for (const { id } of stuck) await world.findings.close(id); // whoever still finds no place says so again
  return stuck.length;
}

const isWindDown = (id: string): id is `wdc_${string}` => id.startsWith("wdc_");
const nameOf = (caller: Caller): string => (caller.as === "person" ? caller.account : "terminal");
