import type { CaseId } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { readConfig } from "../config/index.ts";
import { differenceOf, preview } from "../preview/index.ts";
import { onlyReading } from "../world/index.ts";
import { call } from "./model.ts";
import { Text } from "./text.ts";

const PlanInput = z.strictObject({ id: Text, asOf: z.optional(Text), after: z.optional(Text) });

/** Looks and plans, a page at a time, and is given nothing that could act or write. */
export const planned = call({
  ...{ may: "anybody", does: "reads", input: PlanInput },
  run: (world, { id, asOf, after }) => preview(onlyReading(world), { id, asOf, after }),
});

/** Only compared, a page at a time: what is proposed is in force nowhere, and kept nowhere. */
export const configCheck = call({
  ...{ may: "operators", does: "reads" },
  input: z.strictObject({ proposed: z.record(z.string(), z.unknown()), after: z.optional(Text) }),
  run: (world, { proposed, after }) =>
    differenceOf(onlyReading(world), readConfig(proposed), after as CaseId | undefined),
});
