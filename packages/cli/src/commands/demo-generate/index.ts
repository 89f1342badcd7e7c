export { demoGenerate } from "./demo-generate.ts";
