export { type Dice, dice } from "./dice.ts";
export { estateFrom, filesOf } from "./files.ts";
export { generate, type Wanted } from "./generate.ts";
export { type LabelledEstate, PATHS, type Path, type TruePerson, type Truth, type TruthFile } from "./model.ts";
