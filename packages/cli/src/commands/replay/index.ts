export { replayed } from "./replay.ts";
