import type { WindDown } from "@leasehold/core/winddown";
import type { AdvancePorts } from "./next.ts";

/** What is taken back, and what has leaked, waits behind nobody: its calls draw on the part of a limit that is kept for them. */
export function inItsTurn(world: AdvancePorts, windDown: WindDown): AdvancePorts {
  if (!isUrgent(windDown)) return world;
  const { estate } = world;
  const urgent = (id: string) => estate.provider(id)?.urgent ?? estate.provider(id);
  return { ...world, estate: { ...estate, provider: urgent } };
}

const isUrgent = ({ exposed, answer, returned }: WindDown): boolean =>
  exposed !== undefined || answer?.kind === "undo" || returned !== undefined;
