import { watchFeeds } from "@leasehold/app/steps";
import { task } from "./kit/index.ts";
import { bus, world } from "./world/index.ts";

export const handler = task(watchFeeds, world("watch-feeds", { publish: bus }));
