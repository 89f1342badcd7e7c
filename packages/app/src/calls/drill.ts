import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { beginDrill } from "../drill/index.ts";
import { call } from "./model.ts";

/** Begins a leaver drill with the canary that the configuration names; it runs on as any case does. */
export const drill = call({
  ...{ may: "operators", does: "writes", input: z.strictObject({}) },
  run: async (world, _input, caller) => {
    const opened = await beginDrill(world);
    const by = caller.as === "person" ? caller.account : "terminal";
    world.log("info", "drill begun by a person", { caseId: opened, by });
    await sweepPending(world);
    return { case: opened };
  },
});
