export { isQuarantine } from "./identities.ts";
export { listener } from "./listen.ts";
