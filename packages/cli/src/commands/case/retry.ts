import { wake } from "@leasehold/app/winddown";
import type { Command } from "../../command/index.ts";
import { settled, withLaptop } from "../../estate/index.ts";
import { count } from "../../terminal/index.ts";
import { windDownsOf } from "./subject.ts";

/** Looks again now, where a wait would have ended later: after a permission was granted, or a provider is back. */
export const caseRetry: Command = {
  about: "look again now at what waits: after a permission was granted, or a provider came back",
  args: ["<case or wind-down>"],
  no: "it is closed, and nothing of it waits",
  run: (call) =>
    withLaptop(call, "writes", async (laptop) => {
      const { world } = laptop;
      const found = await windDownsOf(world, call.args[0] ?? "");
      const all = await Promise.all(found.windDowns.map((id) => world.windDowns.get(id)));
      const open = all.flatMap((one) => (one && !one.windDown.closed ? [one.windDown.id] : []));
      const stillOpen = (await world.cases.get(found.case))?.case.status === "open" ? [found.case] : [];
      const woken = [...open, ...stillOpen];
      for (const id of woken) await wake(world, id);
      const goesOn = await settled(call, laptop);
      return {
        json: { woken, settled: goesOn },
        text: [
          woken.length === 0 ? "it is closed: nothing waits" : `looked again at ${count(woken.length, "subject")}`,
        ],
        exit: woken.length === 0 ? 1 : 0,
      };
    }),
};
