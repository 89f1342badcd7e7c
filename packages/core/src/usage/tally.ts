import type { Instant } from "../kernel/index.ts";
import { hourOf, type UsageRecord, type Use } from "./model.ts";
import { joinRefusals } from "./refusals.ts";

/** The calls of one source object, counted. One that stands in it twice is one call. */
export function tally(uses: readonly Use[]): readonly UsageRecord[] {
  const counted = createTally();
  uses.forEach(counted.add);
  return counted.records();
}

/** The same for calls that come one by one: of each, only its id stays. */
export function createTally() {
  const seen = new Set<string>();
  const records = new Map<string, UsageRecord>();
  return {
    add: (use: Use): void => {
      const id = `${use.credential} ${use.eventId}`;
      if (seen.has(id)) return;
      seen.add(id);
      const key = keyOf({ ...use, hour: hourOf(use.at) });
      const before = records.get(key);
      records.set(key, before === undefined ? recordOf(use) : added(before, recordOf(use)));
    },
    records: (): readonly UsageRecord[] => [...records.values()].sort(byKey),
  };
}

/** What makes two records one: credential, caller, service, action, hour. */
export const keyOf = ({
  credential,
  caller,
  service,
  action,
  hour,
}: Pick<UsageRecord, "credential" | "caller" | "service" | "action" | "hour">): string =>
  JSON.stringify([credential, hour, service, action, caller.via, caller.name, caller.account ?? ""]);

/** Two records of one key and of different calls. */
export function added(a: UsageRecord, b: UsageRecord): UsageRecord {
  const newer = isNewer(a, b) ? a : b;
  return {
    ...newer,
    count: a.count + b.count,
    refused: a.refused + b.refused,
    ...joinRefusals(a, b),
    lastDone: latest(a.lastDone, b.lastDone),
  };
}

function recordOf({ at, refused, refusal, ...use }: Use): UsageRecord {
  return {
    ...(refusal && { refusals: [{ ...refusal, at, eventId: use.eventId }] }),
    ...{ ...use, hour: hourOf(at), count: 1, refused: refused ? 1 : 0, last: at },
    lastDone: refused ? undefined : at,
  };
}

/** Ties by the event's id, so that the order of reading does not matter. */
export const isNewer = (a: UsageRecord, b: UsageRecord): boolean =>
  a.last > b.last || (a.last === b.last && a.eventId > b.eventId);

export const latest = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

const byKey = (a: UsageRecord, b: UsageRecord) => (keyOf(a) < keyOf(b) ? -1 : 1);
