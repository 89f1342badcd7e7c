import { badInput, hoursBetween } from "@leasehold/core/kernel";
import type { Call, Command } from "../command/index.ts";
import { atSimulatorsOnly, instantIn, withLaptop } from "../estate/index.ts";
import { shortly } from "../terminal/index.ts";

const MOST = 8_760; // hours

/** The demo's time: what it is, what is due next; or lives through some of it. */
export const clock: Command = {
  about: "the demo's time and what is due next; or live through time (the demo only)",
  notOnStage: "a stage goes by the time of day: leave out --stage to see the demo's",
  args: [],
  flags: {
    advance: { value: "span", about: "90m, 72h or 3d, a year at most: everything due in it is done in order" },
    to: { value: "instant", about: "the same, until an instant" },
  },
  no: "another process runs this store: its time is that one's to move",
  run: async (call) => {
    atSimulatorsOnly(call, "only the demo's clock can be shown and moved: a real estate goes by the time of day");
    const span = spanIn(call);
    return withLaptop(call, span === undefined ? "reads" : "writes", async (laptop) => {
      const before = laptop.world.clock();
      let lived = true;
      if (span !== undefined) {
        const until = instantIn(before, span);
        if (until < before) throw badInput("the clock never goes back", { now: before });
        if (hoursBetween(before, until) > MOST)
          throw badInput("this is more than a year: go there in steps", { now: before });
        lived = await laptop.liveUntil(until);
      }
      const [now, due] = [laptop.world.clock(), laptop.nextDue()];
      return {
        json: { now, before, nextDue: due, lived },
        text: lived
          ? [`now ${shortly(now)}, next due ${shortly(due)}`]
          : [`another process runs this store: its time is that one's to move`],
        exit: lived ? 0 : 1,
      };
    });
  },
};

function spanIn({ flags }: Call) {
  const { advance, to } = flags;
  if (advance !== undefined && to !== undefined) throw badInput("give --advance or --to, not both");
  if (typeof advance === "string") return { advance };
  return typeof to === "string" ? { to } : undefined;
}
