import { restartOverdue } from "@leasehold/app/steps";
import { task } from "./kit/index.ts";
import { runs, world } from "./world/index.ts";

export const handler = task(restartOverdue, world("restart-overdue", { runs }));
