import { counter } from "./listeners/index.ts";
import { world } from "./world/index.ts";

export const handler = counter(world("record-usage", {}));
