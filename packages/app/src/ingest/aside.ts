import { found } from "@leasehold/core/finding";
import { digest, type Instant, later } from "@leasehold/core/kernel";
import { contributions } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import type { World } from "../world/index.ts";

const AHEAD = 10 / 60; // hours; clocks differ by less

/** The latest instant that a signal claims for anything. */
function latestOf(signal: Signal): Instant {
  const { occurredAt } = signal.source;
  if (signal.kind === "pipeline.ran") return [occurredAt, signal.run.startedAt].sort().at(-1) ?? occurredAt;
  if (signal.kind !== "credential.seen" && signal.kind !== "identity.seen") return occurredAt;
  return [occurredAt, signal.createdAt, signal.lastUsed].reduce<Instant>(
    (latest, one) => (one && one > latest ? one : latest),
    occurredAt,
  );
}

/** Which signals are from the future, seen from then. */
export function isAhead(recordedAt: Instant): (signal: Signal) => boolean {
  const limit = later(recordedAt, AHEAD);
  return (signal) => latestOf(signal) > limit;
}

/** Keeps signals from the future out of the join until their time, and says so: one event from 2099 would win every join before it. */
export async function keepAside(
  { later: kept, findings }: Pick<World, "later" | "findings">,
  signals: readonly Signal[],
  { live, recordedAt }: { readonly live: boolean; readonly recordedAt: Instant },
): Promise<void> {
  for (const signal of signals) {
    const until = latestOf(signal);
    const { connector, eventId } = signal.source;
    await findings.put(
      found("dated in the future", aboutOf(signal), recordedAt, "Look at the clock of this source.", {
        ...{ connector, eventId, until },
      }),
    );
    await kept.put({ key: digest(signal), signal, live, until });
  }
}

export const aboutOf = (signal: Signal): string => contributions(signal).at(-1)?.subject.id ?? signal.source.connector;
