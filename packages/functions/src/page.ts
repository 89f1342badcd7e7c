import { page } from "@leasehold/app/steps";
import { task } from "./kit/index.ts";
import { remote } from "./remote/index.ts";
import { world } from "./world/index.ts";

export const handler = task(page, world("page", { estate: remote }));
