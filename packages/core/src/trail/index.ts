export { type Checked, checkLines, isEntry, keptIn, type Line, lineIn } from "./exported.ts";
export { astray, CLOSED_CASE, type KeptRoot, keptOn, type Root, rootsIn } from "./roots.ts";
export { append, beginning, broken, type Draft, type Entry, type Head } from "./trail.ts";
