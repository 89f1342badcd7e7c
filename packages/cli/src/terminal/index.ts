export { inHandLine, keptLine } from "./in-hand.ts";
export { calledOf, nameOf } from "./person.ts";
export { columns, table } from "./table.ts";
export { count, list, orNone, plain, plainLines, shortly } from "./words.ts";
export { wrapped } from "./wrap.ts";
