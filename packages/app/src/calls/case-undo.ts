import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { windDownsOf } from "../case-view/index.ts";
import { type Undoing, undo } from "../winddown/index.ts";
import { call } from "./model.ts";
import { speaker } from "./speaker.ts";
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
