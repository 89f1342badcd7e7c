import { wait } from "@leasehold/app/steps";
import { task } from "./kit/index.ts";
import { runs, world } from "./world/index.ts";

export const handler = task(wait, world("wait", { runs }));
