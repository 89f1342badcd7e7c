import { setImmediate as turn } from "node:timers/promises";
import type { OnProgress } from "@leasehold/app/rebuild";
import type { Call } from "../command/index.ts";

/** A line beside the answer now and then, and a turn of the loop for whoever wants an end: a store that is a file leaves none. */
export function progressTo({ note }: Pick<Call, "note">): OnProgress {
  return async ({ does, done, of }) => {
    note(does === "reads" ? `read ${done} signals` : `compared ${done} of ${of} subjects`);
    await turn();
  };
}
