import { windDownStuck } from "@leasehold/app/steps";
import { task } from "./kit/index.ts";
import { world } from "./world/index.ts";

export const handler = task(windDownStuck, world("wind-down-stuck", {}));
