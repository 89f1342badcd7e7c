import { Fault, laterBy, type WindDownId } from "@leasehold/core/kernel";
import { watchedUntil } from "@leasehold/core/winddown";
import { usedAfter } from "../usage/index.ts";
import { each, type Stored, type World } from "../world/index.ts";
import { stillDead } from "./still-dead.ts";
import { endTries } from "./tried.ts";

type WatchPorts = Parameters<typeof stillDead>[0];

/**
 * Every six hours: what is switched off, and open, and was called with since, by our own records. The provider is asked while a
 * session can live, and where a record tells of a call; of all the others the daily review asks. Returns what was found alive.
 */
export async function watchUse(world: WatchPorts & Pick<World, "windDowns">): Promise<number> {
  let found = 0;
  for await (const id of each((cursor) => world.windDowns.listOpen(cursor))) found += await watched(world, id);
  await endTries(world);
  return found;
}

async function watched(world: WatchPorts, id: WindDownId): Promise<number> {
  const stored = await world.windDowns.get(id);
  if (stored === undefined || !(await isSuspect(world, stored))) return 0;
  try {
    return (await stillDead(world, stored)) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Fault)) throw error; // a provider that cannot be asked now is asked the next time
    world.log("warn", "not looked whether it was used", { windDownId: id, fault: error.name });
    return 0;
  }
}

async function isSuspect(world: WatchPorts, { windDown }: Stored): Promise<boolean> {
  const last = windDown.acts.at(-1);
  if (last?.verified !== "confirmed") return false;
  if (watchedUntil(windDown) !== undefined) return true;
  const hands = world.estate.provider(windDown.connector)?.hands ?? [];
  const hand = hands.find(({ verb }) => verb === last.receipt.verb);
  const dead = laterBy(last.at, hand?.settlesAfter ?? 0);
  return (await usedAfter(world, windDown.credential, dead, world.clock())) !== undefined; // who is refused a right was let in
}
