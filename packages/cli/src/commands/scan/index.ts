export { firstLooked } from "./first-look.ts";
export { scanned } from "./scan.ts";
