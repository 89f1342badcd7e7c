export { type ToldRefused, tellRefused } from "./tell.ts";
