import { hear } from "@leasehold/app/steps";
import { queue } from "./kit/index.ts";
import { remote } from "./remote/index.ts";
import { bus, runs, world } from "./world/index.ts";

export const handler = queue(hear, world("hear", { publish: bus, runs, estate: remote }));
