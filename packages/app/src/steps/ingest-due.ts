import * as z from "zod/mini";
import { ingestDue as ingestWhatIsDue } from "../ingest/index.ts";
import { step } from "./step.ts";

export const ingestDue = step(z.object({}), (world) => ingestWhatIsDue(world, world.clock()));
