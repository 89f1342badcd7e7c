import * as z from "zod/mini";
import { advance } from "../winddown/index.ts";
import { aloud } from "./aloud.ts";
import { contract, windDownId } from "./ids.ts";
import { step } from "./step.ts";
import { whenItMay } from "./when-it-may.ts";

export const windDownStep = step(z.object({ contract, id: windDownId }), (world, { id }) =>
  aloud(world, whenItMay(world, id, advance(world, id))),
);

export const windDownDelete = step(z.object({ contract, id: windDownId }), (world, { id }) =>
  aloud(world, whenItMay(world, id, advance(world, id, "delete"))),
);
