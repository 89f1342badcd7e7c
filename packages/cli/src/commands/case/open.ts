import { named, peopleOf, resolve } from "@leasehold/app/question";
import { steps } from "@leasehold/app/steps";
import type { World } from "@leasehold/app/world";
import { type AccountId, badInput } from "@leasehold/core/kernel";
import type { Command } from "../../command/index.ts";
import { settled, withLaptop } from "../../estate/index.ts";
import { calledOf } from "../../terminal/index.ts";

const TRIGGERS: Readonly<Record<string, "person.left" | "person.held">> = {
  departed: "person.left",
  suspended: "person.held",
};

/** From the report of the first sweep: a departure from before the installation is a person's to open. */
export const caseOpen: Command = {
  about: "open the case of somebody who left, where no event did: from the first sweep's report",
  args: ["<account or e-mail>"],
  more: ["The directory is asked before anything is planned; an open case of theirs is found, not repeated."],
  no: "no directory says that this person has left",
  run: (call) =>
    withLaptop(call, "writes", async (laptop) => {
      const { world } = laptop;
      const { account, standing, called } = await departedIn(world, call.args[0] ?? "");
      const type = TRIGGERS[standing];
      if (type === undefined || account === undefined)
        return { json: { standing }, text: [`${called} has not left: the directory says ${standing}`], exit: 1 };
      const opened = (await steps["open-case"].run(world, { type, account })) as { readonly case: string };
      const goesOn = await settled(call, laptop);
      return { json: { ...opened, settled: goesOn }, text: [opened.case] };
    }),
};

/** The account whose word it is that they have left. */
async function departedIn(world: Pick<World, "graph" | "config" | "clock">, text: string) {
  const id = await resolve(world, text);
  if (!id.startsWith("acc_"))
    throw badInput("this is not a person: give an account or an e-mail address", { id: text });
  const people = peopleOf(world, world.clock());
  const { value: standing, account } = await people.standing(id as AccountId);
  return { standing, account, called: calledOf(await named(people, id as AccountId)) };
}
