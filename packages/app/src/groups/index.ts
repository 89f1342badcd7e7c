export { type GroupPorts, type Membership, membership, UNREAD, voicesOf } from "./membership.ts";
export { type Roll, roll, rollToTell, type Unread } from "./roll.ts";
export { type GroupSize, groupSizes } from "./sizes.ts";
export { type Voiced, voicedNow } from "./voiced.ts";
