import { watchUse } from "@leasehold/app/steps";
import { task } from "./kit/index.ts";
import { remote } from "./remote/index.ts";
import { bus, world } from "./world/index.ts";

export const handler = task(watchUse, world("watch-use", { publish: bus, estate: remote }));
