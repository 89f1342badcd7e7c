export { type ToldNaked, tellNaked } from "./tell.ts";
