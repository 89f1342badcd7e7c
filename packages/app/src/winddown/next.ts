import type { Instant } from "@leasehold/core/kernel";
import type { World } from "../world/index.ts";
import type { IntendPorts } from "./intend.ts";
import type { LookPorts } from "./look.ts";

/** What a wind-down's step needs of the world. */
export type AdvancePorts = LookPorts & IntendPorts & Pick<World, "findings" | "cases" | "log">;

/** What the workflow does next. Nothing else of a step leaves the store. */
export type Next =
  | { readonly do: "again" }
  | { readonly do: "wait"; readonly until: Instant; readonly version: number }
  | { readonly do: "delete" } // for the one function that may
  | { readonly do: "closed" };
