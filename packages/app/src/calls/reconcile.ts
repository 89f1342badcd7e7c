import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { wakeStuck } from "../desk/index.ts";
import { reconcile } from "../restore/index.ts";
import { call } from "./model.ts";

/**
 * After a restore, a page at a time. `release`: what the restore put on the brake is let go of with the last page; a terminal
 * that proves no name asks that of simulators only.
 */
export const reconciled = call({
  ...{ may: "security", does: "writes" },
  input: z.strictObject({ release: z.optional(z.boolean()), despite: z.optional(z.boolean()) }),
  run: async (world, { release = false, despite = false }, caller) => {
    const by = caller.as === "person" ? caller.account : "terminal";
    const page = await reconcile(world, { by, release, despite });
    const woken = page.outcome === "released" ? await wakeStuck(world) : 0;
    await sweepPending(world);
    return { ...page, woken };
  },
});
