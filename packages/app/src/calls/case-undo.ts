import { type AccountId, Fault, type WindDownId } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { type UndoView, undoView, windDownsOf } from "../case-view/index.ts";
import { undo } from "../winddown/index.ts";
import { inChunks, type World } from "../world/index.ts";
import { call } from "./model.ts";
import { speaker } from "./speaker.ts";
import { Text } from "./text.ts";

/**
 * Back to the state before our first act, of one wind-down or of all in a case, item by item: what is back, what is on its way,
 * and what is in the way of the rest. The brake does not stop it.
 */
export const caseUndo = call({
  ...{ may: "operators", does: "writes", input: z.strictObject({ id: Text, as: z.optional(Text) }) },
  run: async (world, { id, as }, caller) => {
    const { windDowns } = await windDownsOf(world, id);
    const by = await speaker(world, caller, as);
    const asked: (readonly [WindDownId, UndoView["outcome"]])[] = [];
    for (const windDown of windDowns) asked.push([windDown, await undone(world, windDown, by, windDowns.length > 1)]);
    await sweepPending(world); // what is asked for goes on, however long providers take to say how it stands
    return { undoing: await inChunks(asked, ([id, outcome]) => undoView(world, id, outcome), AT_ONCE) };
  },
});

const AT_ONCE = 8; // looks: a stage answers in time, each waits its turn at its provider's limit, and few providers mind so many

/** One of many that cannot be taken back, because another has been begun since, is not the others'. */
async function undone(world: World, id: WindDownId, by: AccountId | undefined, many: boolean) {
  try {
    return await undo(world, id, by);
  } catch (error) {
    if (!many || !(error instanceof Fault) || error.name !== "Conflict") throw error;
    return "another has begun since" as const;
  }
}
