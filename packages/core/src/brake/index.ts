export { type Bucket, type Frozen, Limits, type Window, type Yes } from "./model.ts";
export { type Full, give, ON_ONE_YES, type Place, take } from "./take.ts";
export { type Used, usage } from "./usage.ts";
