import * as z from "zod/mini";
import { drillHistory } from "../drill/index.ts";
import { call } from "./model.ts";

export const drillPast = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({}) },
  run: async (world) => ({ drills: await drillHistory(world) }),
});
