import * as z from "zod/mini";
import { windDownsOf } from "../case-view/index.ts";
import { wake } from "../winddown/index.ts";
import { call } from "./model.ts";
import { Text } from "./text.ts";

/** Whatever of it waits looks again now: after a permission was granted, or a provider is back. */
export const caseRetry = call({
  ...{ may: "operators", does: "writes", input: z.strictObject({ id: Text }) },
  run: async (world, { id }) => {
    const found = await windDownsOf(world, id);
    const all = await Promise.all(found.windDowns.map((one) => world.windDowns.get(one)));
    const open = all.flatMap((one) => (one && !one.windDown.closed ? [one.windDown.id] : []));
    const stillOpen = (await world.cases.get(found.case))?.case.status === "open" ? [found.case] : [];
    const woken = [...open, ...stillOpen];
    for (const one of woken) await wake(world, one);
    return { woken };
  },
});
