import { peopleOf } from "@leasehold/app/question";
import { livePerson, type Undoing, undo } from "@leasehold/app/winddown";
import type { World } from "@leasehold/app/world";
import { type AccountId, badInput } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import type { Command } from "../../command/index.ts";
import { atSimulatorsOnly, settled, withLaptop } from "../../estate/index.ts";
import { columns, orNone } from "../../terminal/index.ts";
import { windDownsOf } from "./subject.ts";

/** Back to the state before our first act: of one wind-down, or of everything in a case. */
export const caseUndo: Command = {
  about: "take back what was done, to the state before it, newest act first",
  args: ["<case or wind-down>"],
  flags: { as: { value: "e-mail", about: "in whose name (the demo only); must be active in the directory" } },
  more: ["Undoing voids every answer. What was consented to again, or deleted, says so."],
  no: "nothing is there that could be undone",
  run: async (call) => {
    const as = call.flags["as"];
    if (as !== undefined)
      atSimulatorsOnly(
        call,
        "on a real estate a terminal proves nobody's name: leave out --as, and the trail names Leasehold",
      );
    return withLaptop(call, "writes", async (laptop) => {
      const { world } = laptop;
      const { windDowns } = await windDownsOf(world, call.args[0] ?? "");
      const by = typeof as === "string" ? await speaker(world, as) : undefined;
      const undoing: { readonly windDown: string; readonly outcome: Undoing }[] = [];
      for (const windDown of windDowns) undoing.push({ windDown, outcome: await undo(world, windDown, by) });
      const goesOn = await settled(call, laptop);
      const some = undoing.some(({ outcome }) => outcome === "undoing" || outcome === "already undone");
      return {
        json: { undoing, settled: goesOn },
        text: orNone(columns(undoing.map(({ windDown, outcome }) => [windDown, outcome])), "it has no wind-down"),
        exit: some ? 0 : 1,
      };
    });
  },
};

/** A name in the trail is one that the directory knows, now. */
async function speaker(world: Pick<World, "graph" | "config" | "clock" | "estate">, email: string): Promise<AccountId> {
  const people = peopleOf(world, world.clock());
  const { first } = await people.cluster(emailAccount(email));
  const { state } = await livePerson(world, people, first);
  if (state !== "active") throw badInput("the directory does not say that this person is active", { as: email });
  return first;
}
