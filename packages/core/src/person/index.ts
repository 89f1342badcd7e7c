export {
  type Answered,
  areIndependent,
  CERTAINTIES,
  type Certainty,
  certaintyOf,
  isSure,
  type Provisions,
  type Word,
  wordsOf,
} from "./certainty.ts";
export { type Chain, type ChainOf, chainOf, managerBefore, type Skipped } from "./chain.ts";
export { addressesOf, addressOf } from "./claimants.ts";
export {
  accountAt,
  against,
  type Cluster,
  cluster,
  type Explained,
  explained,
  MOST_ACCOUNTS,
  perhaps,
} from "./cluster.ts";
export type { Known, Lookup } from "./known.ts";
export { ACTS, type Basis, joins, type Link, STRENGTHS } from "./link.ts";
export { hasMoved, managersLeft, namesMove } from "./move.ts";
export { type Standing, standingOf } from "./standing.ts";
export type { Forbidden } from "./two.ts";
