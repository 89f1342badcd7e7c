import type { LookPorts } from "../winddown/index.ts";
import type { World } from "../world/index.ts";

/** What every part of a case needs of the world. */
export type CasePorts = LookPorts &
  Pick<World, "cases" | "decisions" | "windDowns" | "findings" | "ledger" | "marks" | "random" | "pause" | "log">;
