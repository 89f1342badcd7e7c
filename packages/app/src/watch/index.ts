export { type Keep, type Kept, keepRoots, type Roots } from "./keep-roots.ts";
export { type Pulse, pulse } from "./pulse.ts";
