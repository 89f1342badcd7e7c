import { caseRows } from "@leasehold/app/case-view";
import type { Command } from "../../command/index.ts";
import { withLaptop } from "../../estate/index.ts";
import { nameOf, orNone, shortly, table } from "../../terminal/index.ts";

/** The cases that are open, or all that there ever were. */
export const caseList: Command = {
  about: "the open cases: about whom, how many credentials, the next deadline",
  args: [],
  flags: { all: { about: "closed ones, too" } },
  run: (call) =>
    withLaptop(call, "reads", async ({ world }) => {
      const cases = await caseRows(world, call.flags["all"] === true ? ["open", "closed"] : ["open"]);
      const rows = cases.map(({ id, status, gate, person, opened, items, open, until }) => [
        ...[id, status, nameOf(person), gate, shortly(opened), `${open} of ${items}`, shortly(until)],
      ]);
      return {
        json: { cases },
        text: orNone(
          table(["CASE", "STATUS", "PERSON", "DIRECTORY SAYS", "OPENED", "OPEN ITEMS", "NEXT DEADLINE"], rows),
          "no case",
        ),
      };
    }),
};
