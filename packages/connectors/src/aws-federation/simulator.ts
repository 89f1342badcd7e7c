import type { Live, Simulator } from "../../kit/index.ts";

/** It keeps no world of its own, and asks nothing: what its events say was done elsewhere. */
export const simulator: Simulator<undefined, object> = {
  sample: { world: {} },
  live: (): Live<undefined> => ({ api: undefined, calls: [], absorb: () => {}, mood: "willing" }),
};
