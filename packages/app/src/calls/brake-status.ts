import * as z from "zod/mini";
import { brakeView } from "../brake/index.ts";
import { call } from "./model.ts";

export const brakeStatus = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({}) },
  run: (world) => brakeView(world),
});
