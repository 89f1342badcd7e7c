import { type CaseId, Instant, type WindDownId } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { overdue, wait as register, stuck, wake as wakeOne } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import { caseId, contract, windDownId } from "./ids.ts";
import { step } from "./step.ts";

export const wait = step(
  z.object({
    ...{ contract, subject: z.union([windDownId, caseId]), version: z.number(), until: Instant, token: z.string() },
    seen: z.optional(z.number()),
  }),
  async (world, input) => {
    await register(world, input);
    return {};
  },
);

export const wake = step(
  z.union([z.object({ windDown: windDownId, case: caseId }), z.object({ case: caseId })]),
  wakeBoth,
);

export const windDownStuck = step(z.object({ contract, id: windDownId, fault: z.string() }), (world, input) =>
  stuck(world, input.id, input.fault),
);

export const caseStuck = step(z.object({ contract, id: caseId, fault: z.string() }), (world, input) =>
  stuck(world, input.id, input.fault),
);

export const restartOverdue = step(z.object({}), async (world) => ({ restarted: await overdue(world) }));

/** Nearly all that a wind-down is told of is what it wrote itself, and has decided on since. */
async function hasSeen({ waits, windDowns }: World, id: WindDownId): Promise<boolean> {
  const decidedOn = (await waits.get(id))?.version;
  return decidedOn !== undefined && decidedOn === (await windDowns.get(id))?.version;
}

async function wakeBoth(world: World, input: { windDown?: WindDownId; case: CaseId }) {
  if (input.windDown && !(await hasSeen(world, input.windDown))) await wakeOne(world, input.windDown);
  await wakeOne(world, input.case);
  return {};
}
