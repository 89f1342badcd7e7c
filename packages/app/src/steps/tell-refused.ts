import * as z from "zod/mini";
import { tellRefused as tell } from "../refused/index.ts";
import { step } from "./step.ts";

export const tellRefused = step(z.object({}), tell);
