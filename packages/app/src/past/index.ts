export { type Past, past } from "./past.ts";
export { instantsIn, type When } from "./when.ts";
