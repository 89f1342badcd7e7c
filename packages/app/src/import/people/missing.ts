import { found } from "@leasehold/core/finding";
import type { AccountId, Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { vanishedFrom } from "../../sweep/index.ts";
import type { World } from "../../world/index.ts";

type MissingPorts = Pick<World, "graph" | "findings" | "clock">;

/** Whom the file does not have any more. A file opens no case: each is a finding, from which a person opens one. */
export async function missingFrom(
  world: MissingPorts,
  connector: string,
  listed: readonly AccountId[],
  began: Instant,
): Promise<readonly Signal[]> {
  const vanished = await vanishedFrom(world, { connector, began, seen: new Set<string>(listed) });
  for (const signal of vanished)
    if (signal.kind === "person.vanished") {
      const command = `leasehold case open ${signal.account}`;
      const remedy = `the file of people has them no longer, and does not say that they left. To ask about it: ${command}`;
      const facts = { account: signal.account, command };
      await world.findings.put(found("not on the list any more", signal.account, world.clock(), remedy, facts));
    }
  return vanished;
}
