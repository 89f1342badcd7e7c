export { check } from "./check.ts";
export { lister } from "./list.ts";
