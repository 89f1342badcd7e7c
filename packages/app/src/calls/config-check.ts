import * as z from "zod/mini";
import { readConfig } from "../config/index.ts";
import { differenceOf } from "../preview/index.ts";
import { onlyReading } from "../world/index.ts";
import { call } from "./model.ts";

/** Only compared: what is proposed is in force nowhere, and kept nowhere. */
export const configCheck = call({
  ...{ may: "operators", does: "reads", input: z.strictObject({ proposed: z.record(z.string(), z.unknown()) }) },
  run: (world, { proposed }) => differenceOf(onlyReading(world), readConfig(proposed)),
});
