export { type Paged, page } from "./page.ts";
