import type { People } from "../question/index.ts";
import { look } from "../winddown/index.ts";
import type { Stored } from "../world/index.ts";
import { affectedBy } from "./affected.ts";
import type { CasePorts } from "./ports.ts";
import { noRoom, reasonsFor } from "./reasons.ts";
import type { Shown } from "./render.ts";

/** All that is looked up live for one item of a message, whether it is asked now or shown again; what silence does is the caller's. */
export async function faced(
  world: CasePorts,
  people: People,
  { windDown }: Pick<Stored, "windDown">,
): Promise<Omit<Shown, "ifSilent">> {
  const looked = await look(world, windDown, { people });
  const reasons = await reasonsFor(world, people, looked);
  const room = await noRoom(world, looked);
  const affected = await affectedBy(world, people, looked);
  return { windDown, looked, reasons, affected, noRoom: room };
}
