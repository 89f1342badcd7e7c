export { listener } from "./listen.ts";
