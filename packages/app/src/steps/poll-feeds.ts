import { Fault } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { announceAll } from "../announce/index.ts";
import { pollOne } from "../feed/index.ts";
import type { Provider, World } from "../world/index.ts";
import { inTheirTurn } from "./in-their-turn.ts";
import { step } from "./step.ts";

/** Every poller that is configured, one after the other; one that cannot answer does not stop the others. */
export const pollFeeds = step(z.object({}), async (world) => {
  const polled: Record<string, number> = {};
  const { turn, end } = inTheirTurn();
  for (const provider of world.estate.providers())
    if (provider.since !== undefined) polled[provider.id] = (await turn(() => pollAndSay(world, provider))) ?? 0;
  end();
  return { polled };
});

async function pollAndSay(world: World, provider: Provider): Promise<number> {
  try {
    const { signals, toAnnounce } = await pollOne(world, provider);
    await announceAll(world, toAnnounce);
    return signals;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    world.log("error", "not polled, and tried again in a quarter of an hour", {
      connector: provider.id,
      fault: error.name,
    });
    return 0;
  }
}
