import type { CaseId } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { caseReport, ReportPlace, reportPage, sinceOf } from "../audit/index.ts";
import { call } from "./model.ts";
import { Text } from "./text.ts";

/** Every wind-down with its instants, a page at a time. What drills did is left out unless it is asked for. */
export const report = call({
  ...{ may: "operators", does: "reads" },
  input: z.strictObject({
    since: z.optional(Text),
    drills: z.optional(z.boolean()),
    after: z.optional(ReportPlace),
  }),
  run: async (world, { since, drills = false, after }) => {
    const from = since === undefined ? undefined : sinceOf(world.clock(), since);
    return { from, ...(await reportPage(world, { since: from, drills }, after)) };
  },
});

/** One case for an auditor. `ids`: people by their accounts alone. */
export const auditReport = call({
  ...{ may: "operators", does: "reads", input: z.strictObject({ case: Text, ids: z.optional(z.boolean()) }) },
  run: (world, { case: id, ids }) => caseReport(world, id as CaseId, ids !== true),
});
