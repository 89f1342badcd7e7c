import { removal } from "./removal.ts";

/** Made by a call that a bundler may leave out, for functions that only listen. */
export const actions = /* @__PURE__ */ [removal].slice();
