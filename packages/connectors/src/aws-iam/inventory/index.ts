export { check } from "./check.ts";
export { lister, marksOfTags, ownerOfTags } from "./list.ts";
export { reachByDocument, reachByName, widest } from "./policy.ts";
