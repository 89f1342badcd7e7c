import type { Estate } from "@leasehold/app/world";
import { functions, type Right } from "@leasehold/workflows";
import type { Maker } from "../world/index.ts";
import { invoking } from "./invoke.ts";
import { operations } from "./operations.ts";
import { type Known, remoteEstate } from "./remote.ts";

const RIGHT_OF: Readonly<Record<string, Right>> = {
  ...{ read: "read", act: "act", contain: "contain", delete: "delete", desks: "desk" },
};

/** The estate of a step: with the rights that the table gives to its function, and with no others. */
export const knowing =
  (known: Known): Maker<Estate> =>
  ({ env, deployed, place }, run) => {
    const rights = functions[run].needs.flatMap((need) => RIGHT_OF[need] ?? []);
    const call = invoking(place, () => env("LEASEHOLD_STAGE"));
    return remoteEstate(deployed().declared, deployed().config, rights, known, call);
  };

/** Of a step that lists and polls nothing. */
export const remote = knowing(operations);
