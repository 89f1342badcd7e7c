export { type Chain, type ChainOf, chainOf, managerBefore, type Skipped } from "./chain.ts";
export { addressesOf, addressOf } from "./claimants.ts";
export { accountAt, type Cluster, cluster } from "./cluster.ts";
export type { Known, Lookup } from "./known.ts";
export { type Standing, standingOf } from "./standing.ts";
