export { cost } from "./cost.ts";
