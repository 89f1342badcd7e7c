import { windDownDelete } from "@leasehold/app/steps";
import { task } from "./kit/index.ts";
import { remote } from "./remote/index.ts";
import { bus, life, world } from "./world/index.ts";

export const handler = task(windDownDelete, world("wind-down-delete", { publish: bus, estate: remote, life }));
