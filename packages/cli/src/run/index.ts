export { explained, linesOf } from "./explain.ts";
export { run } from "./run.ts";
