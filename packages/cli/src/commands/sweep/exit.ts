import type { Swept } from "@leasehold/app/sweep";
import { FAULTS } from "@leasehold/core/kernel";
import type { Exit } from "../../command/index.ts";

/** What can be tried again says so; what cannot is the estate's. */
export function exitOf(swept: readonly Pick<Swept, "stopped" | "whole">[]): Exit {
  if (swept.some(({ stopped }) => stopped !== undefined && FAULTS[stopped] === "retry")) return 3;
  return swept.every(({ whole }) => whole) ? 0 : 1;
}
