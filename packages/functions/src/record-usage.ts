import { counter, usage } from "./listeners/index.ts";
import { world } from "./world/index.ts";

export const handler = counter(usage, world("record-usage", {}));
