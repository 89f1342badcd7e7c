export { type Speaking, type Spoken, say } from "./say.ts";
export { type PersonShown, personShown, type ShownAccount, type ShownLink, type ShownTurn } from "./show.ts";
