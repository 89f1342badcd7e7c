export { explained } from "./explain.ts";
