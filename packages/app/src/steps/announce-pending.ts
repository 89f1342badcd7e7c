import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { step } from "./step.ts";

export const announcePending = step(z.object({}), (world) => sweepPending(world));
