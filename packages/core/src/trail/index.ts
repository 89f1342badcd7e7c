export { append, beginning, broken, type Draft, type Entry, type Head } from "./trail.ts";
