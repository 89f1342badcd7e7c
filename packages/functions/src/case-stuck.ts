import { caseStuck } from "@leasehold/app/steps";
import { task } from "./kit/index.ts";
import { world } from "./world/index.ts";

export const handler = task(caseStuck, world("case-stuck", {}));
