import { drillHistory } from "@leasehold/app/drill";
import { ingest } from "@leasehold/app/ingest";
import { sweepEstate } from "@leasehold/app/sweep";
import { instantOf, later } from "@leasehold/core/kernel";
import type { Laptop } from "@leasehold/local/laptop";
import type { Call } from "../../command/index.ts";
import { withLaptop } from "../../estate/index.ts";
import type { Past } from "./past.ts";

const WITHIN = 240; // hours; what the configuration's `drill.within` is by default

/** The real way, in simulators: events, rules and decisions are those of any leaver. Undefined where another process runs the store. */
export async function simulated(call: Call): Promise<Past | undefined> {
  const { CANARY, canaryDrill, canaryEvents, canaryWorlds } = await import("@leasehold/local/demo");
  const worlds = canaryWorlds(instantOf(Date.now()));
  return withLaptop(
    call,
    "creates",
    async (laptop) => {
      if (!laptop.isFree()) return undefined;
      call.say(`${CANARY.name} <${CANARY.email}> (simulated) leaves; it is nobody, and so is its key.`);
      const before = (await drillHistory(laptop.world)).length;
      if (before === 0) await known(laptop, canaryEvents.made(laptop.world.clock()));
      else await moved(laptop, canaryEvents.returns(laptop.world.clock()), 1);
      await moved(laptop, canaryEvents.leaves(laptop.world.clock()), 0.1);
      const until = later(laptop.world.clock(), WITHIN);
      for (;;) {
        const [last] = await drillHistory(laptop.world, 1);
        if (last === undefined || last.ended !== undefined || laptop.world.clock() >= until) return last;
        await laptop.liveUntil(later(laptop.world.clock(), 1));
      }
    },
    { worlds, drill: { ...canaryDrill, everyDays: 365, within: WITHIN }, log: () => {} },
  );
}

/** The first time: the canary, its agent and its key as an estate has them. Nothing is opened by it. */
async function known({ world }: Laptop, made: readonly unknown[]): Promise<void> {
  const { understanding } = await import("@leasehold/local/history");
  const signals = made
    .flatMap(understanding(world.estate.providers()))
    .flatMap((one) => ("signals" in one ? one.signals : []));
  await ingest(world, signals, { live: false, recordedAt: world.clock() });
  for (const { id, page } of world.estate.providers()) if (page) await sweepEstate(world, id);
}

async function moved(laptop: Laptop, event: unknown, hours: number): Promise<void> {
  await laptop.deliver([event]);
  await laptop.settle();
  await laptop.liveUntil(later(laptop.world.clock(), hours));
}
