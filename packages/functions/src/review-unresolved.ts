import { reviewUnresolved } from "@leasehold/app/steps";
import { task } from "./kit/index.ts";
import { remote } from "./remote/index.ts";
import { bus, world } from "./world/index.ts";

export const handler = task(reviewUnresolved, world("review-unresolved", { publish: bus, estate: remote }));
