export { secretsList } from "./list.ts";
export { secretsRetire } from "./retire.ts";
export { secretsSet } from "./set.ts";
