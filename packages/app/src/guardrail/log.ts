import { logChanged, logStopped } from "@leasehold/core/guardrail";
import { derivedId, type Instant } from "@leasehold/core/kernel";
import type { Subject } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import type { World } from "../world/index.ts";

interface Joined {
  readonly id: string;
  readonly subject: Subject | undefined;
}

/**
 * Who switches a log off is told of at once, by what holds after the join: a start that is dated later and was heard of before
 * leaves nothing to tell. History that is imported tells nobody.
 */
export async function guardLogs(
  { findings }: Pick<World, "findings">,
  signals: readonly Signal[],
  joined: readonly Joined[],
  now: Instant,
): Promise<void> {
  for (const signal of signals) {
    if (signal.kind !== "identity.changed" || signal.log === undefined) continue;
    const { id } = signal.identity;
    const last = joined.find((one) => one.id === id)?.subject?.facts["log"];
    if (signal.log.is === "changed") await findings.put(logChanged(signal, now));
    else if (last?.value === "on") await findings.close(derivedId("fnd", "the log stopped", id));
    else if (last?.eventId === signal.source.eventId) await findings.put(logStopped(signal, now));
  }
}
