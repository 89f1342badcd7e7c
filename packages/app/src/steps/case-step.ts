import * as z from "zod/mini";
import { caseStep as advanceCase } from "../casework/index.ts";
import { aloud } from "./aloud.ts";
import { caseId, contract } from "./ids.ts";
import { step } from "./step.ts";
import { whenItMay } from "./when-it-may.ts";

export const caseStep = step(z.object({ contract, id: caseId }), (world, { id }) =>
  aloud(world, (noted) => whenItMay(noted, id, advanceCase(noted, id))),
);
