export { explain } from "./explain.ts";
export type { Chain, Explanation, Hop, Link } from "./model.ts";
