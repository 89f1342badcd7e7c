import { tellRefused } from "@leasehold/app/steps";
import { task } from "./kit/index.ts";
import { remote } from "./remote/index.ts";
import { world } from "./world/index.ts";

export const handler = task(tellRefused, world("tell-refused", { estate: remote }));
