import { rootKeeper } from "./watch/index.ts";
import { host, roots, world } from "./world/index.ts";

export const handler = rootKeeper(world("keep-roots", {}), roots(host));
