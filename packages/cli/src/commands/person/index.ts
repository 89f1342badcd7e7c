export { personLink, personUnlink } from "./say.ts";
export { personShow } from "./show.ts";
