import { isChange as isRemoval, removal } from "./removal.ts";
import { changesSet, endSessions } from "./sessions/index.ts";

/** Made by a call that a bundler may leave out, for functions that only listen. */
export const actions = /* @__PURE__ */ [removal, endSessions].slice();

/** Whether a call changes something at Identity Center. */
export const isChange = (command: unknown): boolean => isRemoval(command) || changesSet(command);
