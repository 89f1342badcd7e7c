import { verifyTrails } from "@leasehold/app/case-view";
import { badInput } from "@leasehold/core/kernel";
import type { Command } from "../command/index.ts";
import { withLaptop } from "../estate/index.ts";
import { count } from "../terminal/index.ts";

/** Walks every chain of the audit trail from its first entry. */
export const auditVerify: Command = {
  about: "walk every chain of the audit trail, or one, from its first entry",
  args: ["[trail]"],
  more: ["[trail] is a case (cas_…) or a wind-down (wdc_…)."],
  no: "a chain is broken: the first thing that is wrong with it is named",
  run: (call) =>
    withLaptop(call, "reads", async ({ world }) => {
      const [named] = call.args;
      const all = await verifyTrails(world);
      const trails = named === undefined ? all : all.filter(({ trail }) => trail === named);
      if (named !== undefined && trails.length === 0) throw badInput("there is no such trail", { trail: named });
      const wrong = trails.filter(({ broken }) => broken !== undefined);
      const entries = trails.reduce((sum, one) => sum + one.entries, 0);
      return {
        json: { whole: wrong.length === 0, trails },
        text: [
          ...wrong.map(({ trail, broken }) => `BROKEN ${trail}: ${broken}`),
          `${count(trails.length, "trail")}, ${count(entries, "entry", "entries")}: ${wrong.length === 0 ? "every chain whole" : `${wrong.length} broken`}`,
        ],
        exit: wrong.length === 0 ? 0 : 1,
      };
    }),
};
