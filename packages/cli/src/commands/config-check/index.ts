export { configCheck } from "./config-check.ts";
