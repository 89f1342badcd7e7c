import { type Finding, type FindingKind, found } from "../finding/index.ts";
import type { Instant } from "../kernel/index.ts";
import type { SignalOf } from "../signal/index.ts";

type Changed = SignalOf<"identity.changed">;

/** What records calls was switched off: by whom, by which call, and under which event that can be looked up. */
export const logStopped = (signal: Changed, at: Instant): Finding => of("the log stopped", signal, at, START_AGAIN);

/** What it records is another than before; whether it is less, the next look at it says. */
export const logChanged = (signal: Changed, at: Instant): Finding => of("the log was changed", signal, at, LOOK);

function of(kind: FindingKind, { identity, tenant, by, source, log, type }: Changed, at: Instant, remedy: string) {
  return found(kind, identity.id, at, remedy, {
    ...{ log: identity.name, by: by.name, event: source.eventId, happened: source.occurredAt, account: tenant },
    ...(by.account !== undefined && { person: by.account }),
    ...(log !== undefined && { call: log.call }),
    ...(type !== undefined && { type }),
  });
}

const START_AGAIN =
  "Ask whoever did it why, and start it again: until then what happens there is not recorded, and can leave no trace.";
const LOOK =
  "Ask whoever did it why, and compare what it records with what it should: `leasehold sweep aws-cloudtrail` says what no log records.";
