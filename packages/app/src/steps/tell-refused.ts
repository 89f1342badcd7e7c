import * as z from "zod/mini";
import { tellNaked } from "../naked/index.ts";
import { tellRefused as tell } from "../refused/index.ts";
import { step } from "./step.ts";

/** What people are told of, and asked nothing about: refused calls, and servers that ask nobody. */
export const tellRefused = step(z.object({}), async (world) => {
  const naked = await tellNaked(world);
  return { ...(await tell(world)), naked };
});
