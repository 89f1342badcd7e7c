export { rebuilt } from "./rebuild.ts";
