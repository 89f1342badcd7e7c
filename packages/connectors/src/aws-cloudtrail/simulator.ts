import type { Live, Simulator } from "../../kit/index.ts";

/** A trail keeps no world of its own: what it says was done elsewhere. */
export const simulator: Simulator<undefined, object> = {
  sample: { world: {} },
  live: (): Live<undefined> => ({ api: undefined, calls: [], absorb: () => {}, mood: "willing" }),
};
