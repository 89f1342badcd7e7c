import { badInput } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { verifyTrails } from "../case-view/index.ts";
import { call } from "./model.ts";
import { Text } from "./text.ts";

export const auditShow = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({ trail: Text }) },
  run: async (world, { trail }) => {
    const entries = await world.trails.entries(trail);
    if (entries.length === 0) throw badInput("there is no such trail", { trail });
    return { trail, entries };
  },
});

/** Every chain from its first entry, or one: a chain is judged with the roots that closed cases wrote down, so all are walked. */
export const auditVerify = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({ trail: z.optional(Text) }) },
  run: async (world, { trail: named }) => {
    const all = await verifyTrails(world);
    const trails = named === undefined ? all : all.filter(({ trail }) => trail === named);
    if (named !== undefined && trails.length === 0) throw badInput("there is no such trail", { trail: named });
    return { whole: trails.every(({ broken }) => broken === undefined), trails };
  },
});
