export { check } from "./check.ts";
export { declaredOwner, lister } from "./list.ts";
export { reachByDocument, reachByName, widest } from "./policy.ts";
