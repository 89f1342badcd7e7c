export { isQuiet } from "./gather.ts";
export { few } from "./notice.ts";
export { type ToldRefused, tellRefused } from "./tell.ts";
