import { receiver } from "./listeners/index.ts";
import { archive, bus, host, queues, world } from "./world/index.ts";

export const handler = receiver(world("receive", { archive, publish: bus }), queues(host));
