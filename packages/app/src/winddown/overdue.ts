import { type CaseId, Fault, type WindDownId } from "@leasehold/core/kernel";
import { each, type World } from "../world/index.ts";
import { isOverdue } from "./late.ts";
import { wake } from "./wait.ts";

type OverduePorts = Pick<World, "windDowns" | "cases" | "waits" | "runs" | "trails" | "clock" | "log">;

/** Whatever is open and should have moved an hour ago gets a new execution, also where the old one has ended. Two that race are safe. */
export async function overdue(world: OverduePorts): Promise<number> {
  let restarted = 0;
  for await (const id of each((cursor) => world.windDowns.listOpen(cursor)))
    if (await isOverdue(world, id)) restarted += await guarded(world, id, () => reviveWindDown(world, id));
  for await (const id of each((cursor) => world.cases.list("open", cursor)))
    if (await isOverdue(world, id)) restarted += await guarded(world, id, () => reviveCase(world, id));
  return restarted;
}

async function reviveWindDown(world: OverduePorts, id: WindDownId): Promise<void> {
  const stored = await world.windDowns.get(id);
  if (stored === undefined || stored.windDown.closed) return;
  const { windDown } = stored;
  const draft = { did: "execution.restarted", by: "leasehold", facts: { life: windDown.lives + 1 } };
  await world.windDowns.change(stored, { ...windDown, lives: windDown.lives + 1 }, draft);
  await wake(world, id);
}

async function reviveCase(world: OverduePorts, id: CaseId): Promise<void> {
  const stored = await world.cases.get(id);
  if (stored === undefined || stored.case.status === "closed") return;
  const draft = { did: "execution.restarted", by: "leasehold", facts: { life: stored.case.lives + 1 } };
  await world.cases.change(stored, { ...stored.case, lives: stored.case.lives + 1 }, draft);
  await wake(world, id);
}

/** One that moved meanwhile is not overdue, and is no reason to leave the others. */
async function guarded(world: OverduePorts, subject: string, revive: () => Promise<void>): Promise<number> {
  try {
    await revive();
    world.log("warn", "an overdue execution was restarted", { subject });
    return 1;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.name !== "Conflict") world.log("error", "not restarted, tried again in an hour", { subject });
    return 0;
  }
}
