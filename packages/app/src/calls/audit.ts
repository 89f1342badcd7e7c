import * as z from "zod/mini";
import { exportOne, exportPage, noSuchTrail, Place, sinceOf, verifyOne, verifyPage } from "../audit/index.ts";
import { call } from "./model.ts";
import { Text } from "./text.ts";

export const auditShow = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({ trail: Text }) },
  run: async (world, { trail }) => {
    const entries = await world.trails.entries(trail);
    if (entries.length === 0) throw noSuchTrail(trail);
    return { trail, entries };
  },
});

/** Chains from their first entry: a page of all of them, or of one case, or one. `hashes`: of every entry, to be held against kept roots. */
export const auditVerify = call({
  ...{ may: "anybody", does: "reads" },
  input: z.strictObject({ trail: z.optional(Text), after: z.optional(Place), hashes: z.optional(z.boolean()) }),
  run: async (world, { trail, after, hashes }) => {
    if (trail === undefined) return verifyPage(world, after, hashes);
    const trails = await verifyOne(world, trail, hashes);
    if (trails.length === 0) throw noSuchTrail(trail);
    return { trails, next: undefined };
  },
});

export const auditExport = call({
  ...{ may: "anybody", does: "reads" },
  input: z.strictObject({ id: z.optional(Text), since: z.optional(Text), after: z.optional(Place) }),
  run: async (world, { id, since: text, after }) => {
    const since = text === undefined ? undefined : sinceOf(world.clock(), text);
    if (id === undefined) return exportPage(world, since, after);
    const lines = await exportOne(world, id, since);
    if (lines.length === 0 && since === undefined) throw noSuchTrail(id);
    return { lines, next: undefined };
  },
});
