export { type Bucket, Limits, type Window, type Yes } from "./model.ts";
export { type Full, give, ON_ONE_YES, type Place, take } from "./take.ts";
