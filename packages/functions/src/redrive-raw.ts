import { rawQueue, redriver } from "./redrive/index.ts";
import { host, once, queues } from "./world/index.ts";

const fenced = once(() => host.env("LEASEHOLD_RAW").map((at) => rawQueue(host.aws, at)));

export const handler = redriver(host, fenced, queues(host));
