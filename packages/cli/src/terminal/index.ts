export { calledOf, nameOf } from "./person.ts";
export { columns, table } from "./table.ts";
export { count, list, orNone, plainLines, shortly } from "./words.ts";
