import { setTimeout as sleep } from "node:timers/promises";
import { orphans, sweepEstate } from "@leasehold/app/sweep";
import { isListed } from "@leasehold/app/world";
import { Fault } from "@leasehold/core/kernel";
import type { Laptop } from "@leasehold/local/laptop";
import type { Call, Report } from "../../command/index.ts";

const PAUSE = 500; // milliseconds between two looks for work

/** Until somebody wants an end. One store is run by one process: a second one is told so and ends. */
export async function keepRunning(call: Call, laptop: Laptop): Promise<Report> {
  const stopped = call.io.stopped();
  if (!(await laptop.settle()))
    throw new Fault("Unavailable", "another process runs this store: end that one first, or name another store");
  if (!laptop.demo) await firstLook(call, laptop);
  call.note("running; Ctrl-C ends it, and nothing is lost");
  while (!stopped.aborted) {
    await laptop.settle();
    await sleep(PAUSE, undefined, { signal: stopped }).catch(() => {}); // an end that is wanted is no fault
  }
  return { json: { stopped: true }, text: ["stopped; what waits goes on when it is started again"] };
}

/** The first sweep after install is a report: it opens nothing, and a person opens cases from it. */
async function firstLook({ say, note }: Call, { world }: Laptop): Promise<void> {
  if ((await world.ledger.coverage()).some(isListed)) return;
  for (const { id, page } of world.estate.providers()) {
    if (page === undefined) continue;
    note(`listing ${id} for the first time`);
    const { whole } = await sweepEstate(world, id);
    say(`listed ${id}: ${whole ? "whole" : "in part"}`);
  }
  const { items } = await orphans(world);
  say(
    `${items.length} credentials have no owner in good standing: \`leasehold finding list\`, then \`leasehold case open\``,
  );
}
