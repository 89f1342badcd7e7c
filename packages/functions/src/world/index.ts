export { archive, firehoseArchive } from "./archive.ts";
export { bus, publishing } from "./bus.ts";
export { type Deployed, deployedHere, readDeployed } from "./deployed.ts";
export { type Host, host, once } from "./host.ts";
export { type Batch, type Queues, queues, queuesOf } from "./queues.ts";
export { keeping, roots } from "./roots.ts";
export { rows } from "./rows.ts";
export { runs, runsOn } from "./runs.ts";
export { type Maker, type Parts, world } from "./world.ts";
