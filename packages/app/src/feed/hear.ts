import { Fault, type Instant } from "@leasehold/core/kernel";
import type { World } from "../world/index.ts";

/** Something came of a source. Where that cannot be written down, what came is worth more. */
export async function hear(
  { ledger, log }: Pick<World, "ledger" | "log">,
  connector: string,
  at: Instant,
): Promise<void> {
  try {
    await ledger.hear(connector, at);
  } catch (error) {
    log("warn", "a heartbeat was not kept", { connector, fault: error instanceof Fault ? error.name : "Unexpected" });
  }
}
