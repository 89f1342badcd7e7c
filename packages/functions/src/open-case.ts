import { openCase } from "@leasehold/app/steps";
import { task } from "./kit/index.ts";
import { bus, world } from "./world/index.ts";

export const handler = task(openCase, world("open-case", { publish: bus }));
