import { type AccountId, badInput } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { windDownsOf } from "../case-view/index.ts";
import { peopleOf } from "../question/index.ts";
import { livePerson, type Undoing, undo } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import { type Caller, call } from "./model.ts";
import { Text } from "./text.ts";

/** Back to the state before our first act, of one wind-down or of all in a case. The brake does not stop it. */
export const caseUndo = call({
  ...{ may: "operators", does: "writes", input: z.strictObject({ id: Text, as: z.optional(Text) }) },
  run: async (world, { id, as }, caller) => {
    const { windDowns } = await windDownsOf(world, id);
    const by = await speaker(world, caller, as);
    const undoing: { readonly windDown: string; readonly outcome: Undoing }[] = [];
    for (const windDown of windDowns) undoing.push({ windDown, outcome: await undo(world, windDown, by) });
    await sweepPending(world);
    return { undoing };
  },
});

/** A terminal may borrow a name that the directory knows, now; whoever has one of their own speaks in that. */
async function speaker(
  world: Pick<World, "graph" | "config" | "clock" | "estate">,
  caller: Caller,
  as: string | undefined,
): Promise<AccountId | undefined> {
  if (caller.as === "person") {
    if (as !== undefined)
      throw badInput("your own identity signs this request: nobody speaks as another", { where: "as" });
    return caller.account;
  }
  if (as === undefined) return undefined;
  const people = peopleOf(world, world.clock());
  const { first } = await people.cluster(emailAccount(as));
  const { state } = await livePerson(world, people, first);
  if (state !== "active") throw badInput("the directory does not say that this person is active", { as });
  return first;
}
