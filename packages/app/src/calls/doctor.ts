import * as z from "zod/mini";
import { checkup } from "./checkup.ts";
import { call } from "./model.ts";

const PATIENCE = 8_000; // milliseconds for one provider; all are asked at once, so that a stage's API has answered long before its limit

export const doctor = call({
  ...{ may: "operators", does: "reads", input: z.strictObject({}) },
  run: (world) => checkup(world, () => AbortSignal.timeout(PATIENCE)), // bounds a wait on others; no instant of ours hangs on it
});
