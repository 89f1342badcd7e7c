import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { watchFeeds as watchAll } from "../feed/index.ts";
import { step } from "./step.ts";

/** Which sources are silent, and whoever is on call is told of it. */
export const watchFeeds = step(z.object({}), async (world) => {
  const { silent } = await watchAll(world);
  await sweepPending(world);
  return { silent };
});
