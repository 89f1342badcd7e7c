import { type AccountId, badInput } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { named, peopleOf, resolve } from "../question/index.ts";
import { openCase } from "../steps/index.ts";
import type { World } from "../world/index.ts";
import { call } from "./model.ts";
import { Text } from "./text.ts";

const TRIGGERS: Readonly<Record<string, "person.left" | "person.held">> = {
  departed: "person.left",
  suspended: "person.held",
};

/** A departure from before the installation is a person's to open. `case` is left out where no directory says that they left. */
export const caseOpen = call({
  ...{ may: "operators", does: "writes", input: z.strictObject({ person: Text }) },
  run: async (world, { person: text }, caller) => {
    const { account, standing, person } = await departedIn(world, text);
    const type = TRIGGERS[standing];
    if (type === undefined || account === undefined) return { standing, person, case: undefined };
    const opened = (await openCase.run(world, { type, account })) as { readonly case: string };
    const by = caller.as === "person" ? caller.account : "terminal";
    world.log("info", "case opened by a person", { caseId: opened.case, by });
    return { standing, person, case: opened.case };
  },
});

/** The account whose word it is that they have left. */
async function departedIn(world: Pick<World, "graph" | "config" | "clock">, text: string) {
  const id = await resolve(world, text);
  if (!id.startsWith("acc_"))
    throw badInput("this is not a person: give an account or an e-mail address", { id: text });
  const people = peopleOf(world, world.clock());
  const { value: standing, account } = await people.standing(id as AccountId);
  return { standing, account, person: await named(people, id as AccountId) };
}
