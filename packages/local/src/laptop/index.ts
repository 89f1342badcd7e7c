export { connectorIds, linkedIn, real as realEstate, type Simulation } from "./estate.ts";
export { type Kind, kindOf } from "./kept.ts";
export { type Host, type Laptop, type LaptopOptions, openLaptop } from "./laptop.ts";
export { type Press, pressOne } from "./presses.ts";
export { type Beside, keptBeside, rootsFile } from "./roots.ts";
export type { WayIn } from "./ways-in.ts";
export { type RunStep, runStep, STEPS_AT_ONCE } from "./wire.ts";
