export { type Bucket, Limits, type Window } from "./model.ts";
