export { courseLines } from "./course-lines.ts";
export { movedLine } from "./lines.ts";
export { planned } from "./plan.ts";
