import { type Gate, isReview } from "@leasehold/core/casework";
import { type AccountId, Fault, type WindDownId } from "@leasehold/core/kernel";
import { peopleOf } from "../question/index.ts";
import { livePerson, undo } from "../winddown/index.ts";
import type { StoredCase, World } from "../world/index.ts";
import { holdOver } from "./hold.ts";
import { offerBack } from "./offer-back.ts";

type ReinstatePorts = Pick<World, "graph" | "estate" | "config" | "clock" | "cases" | "windDowns" | "findings" | "log">;

/**
 * Somebody who was said to have left is back. The directory is asked first; then everything that we took down for that
 * departure is taken back, newest first, to the state that was there.
 */
export async function reinstate(
  world: ReinstatePorts,
  account: AccountId,
): Promise<"undoing" | "no open case" | "not confirmed"> {
  const people = peopleOf(world, world.clock());
  const { accounts } = await people.cluster(account);
  const stored = await openOf(world, accounts);
  const { state } = await livePerson(world, people, account);
  if (state === "active") await holdOver(world, account);
  if (state === "active" && stored === undefined) await offerBack(world, account);
  if (stored === undefined || isReview(stored.case)) return "no open case"; // nobody said that a mover had left
  await reread(world, stored, state === "active" ? "false leaver" : "unread");
  if (state !== "active") return "not confirmed"; // the case asks the directory again
  for (const { windDown } of stored.case.items) if (windDown) await takenBack(world, windDown);
  world.log("info", "person reinstated", { caseId: stored.case.id });
  return "undoing";
}

/** From now on the case takes nothing more down, whatever comes of the rest of this. */
async function reread({ cases }: ReinstatePorts, stored: StoredCase, gate: Gate): Promise<void> {
  const draft = { did: "person.reinstated", by: "leasehold", facts: { gate } };
  if (stored.case.gate !== gate) await cases.change(stored, { ...stored.case, gate }, draft);
}

/** One that cannot be taken back, because another has been begun since, is not the others'. */
async function takenBack(world: ReinstatePorts, id: WindDownId): Promise<void> {
  try {
    await undo(world, id, undefined);
  } catch (error) {
    if (!(error instanceof Fault) || error.name !== "Conflict") throw error;
    world.log("warn", "not taken back: another has been begun since", { windDownId: id });
  }
}

async function openOf(
  { graph, cases }: ReinstatePorts,
  accounts: readonly AccountId[],
): Promise<StoredCase | undefined> {
  for (const account of accounts) {
    const id = (await graph.node(account))?.value.openCase;
    const stored = id && (await cases.get(id));
    if (stored?.case.status === "open") return stored;
  }
  return undefined;
}
