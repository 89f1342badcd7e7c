import { badInput } from "@leasehold/core/kernel";
import { functions, type Machine, nameOn } from "@leasehold/workflows";
import { type Place, thingsOf } from "./place.ts";

/** The shared definition with the ARNs of this stage's functions in it; nothing else is changed. */
export function bind(machine: Machine, place: Place): string {
  return JSON.stringify(machine).replace(/\$\{([^}]*)\}/g, (_, run: string) => {
    if (!Object.hasOwn(functions, run)) throw badInput("a state machine runs a function that there is not", { run });
    return thingsOf(place).lambda(nameOn(place.stage, run));
  });
}

/** The functions that a machine runs: exactly those its role may invoke. */
export const runsOf = (machine: Machine): readonly string[] => [
  ...new Set([...JSON.stringify(machine).matchAll(/\$\{([^}]*)\}/g)].map(([, run = ""]) => run)),
];
