export { basisOf } from "./basis.ts";
export { movedUnder } from "./moved.ts";
