import type { AccountId } from "@leasehold/core/kernel";
import { peopleOf } from "../question/index.ts";
import { livePerson, undo } from "../winddown/index.ts";
import type { StoredCase, World } from "../world/index.ts";

type ReinstatePorts = Pick<World, "graph" | "estate" | "config" | "clock" | "cases" | "windDowns" | "log">;

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
  if (stored === undefined) return "no open case";
  const { state } = await livePerson(world, people, account);
  if (state !== "active") return "not confirmed";
  for (const { windDown } of stored.case.items) if (windDown) await undo(world, windDown, undefined);
  world.log("info", "person reinstated", { caseId: stored.case.id });
  return "undoing";
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
