import { sweepOn } from "@leasehold/app/steps";
import { task } from "./kit/index.ts";
import { remoteLists } from "./remote/index.ts";
import { archive, bus, world } from "./world/index.ts";

export const handler = task(sweepOn, world("sweep-on", { archive, publish: bus, estate: remoteLists }));
