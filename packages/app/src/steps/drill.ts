import * as z from "zod/mini";
import { drillOn } from "../drill/index.ts";
import { aloud } from "./aloud.ts";
import { step } from "./step.ts";

/** By the clock: begins a drill where one is due, and brings the one that runs to its end. */
export const drill = step(z.object({}), (world) => aloud(world, drillOn));
