import type { CaseId } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { caseRows, caseView } from "../case-view/index.ts";
import { call } from "./model.ts";
import { Text } from "./text.ts";

export const caseList = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({ all: z.optional(z.boolean()) }) },
  run: async (world, { all }) => ({ cases: await caseRows(world, all === true ? ["open", "closed"] : ["open"]) }),
});

export const caseShow = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({ id: Text }) },
  run: (world, { id }) => caseView(world, id as CaseId),
});
