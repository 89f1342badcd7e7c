import { windDownStep } from "@leasehold/app/steps";
import { task } from "./kit/index.ts";
import { remote } from "./remote/index.ts";
import { bus, life, world } from "./world/index.ts";

export const handler = task(windDownStep, world("wind-down-step", { publish: bus, estate: remote, life }));
