export { check } from "./check.ts";
export { lister } from "./list.ts";
export { reachIn } from "./reach.ts";
export { marksOfTags, ownerOfTags } from "./tags.ts";
