export { type Bucket, full, type Limit, perSecond, RESERVE, slowed, spend, waitOf } from "./pace.ts";
