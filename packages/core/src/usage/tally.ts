import type { Instant } from "../kernel/index.ts";
import { hourOf, type UsageRecord, type Use } from "./model.ts";

/** The calls of one source object, counted. One that stands in it twice is one call. */
export function tally(uses: readonly Use[]): readonly UsageRecord[] {
  const each = new Map(uses.map((use) => [`${use.credential} ${use.eventId}`, use]));
  const records = new Map<string, UsageRecord>();
  for (const use of each.values()) {
    const key = keyOf({ ...use, hour: hourOf(use.at) });
    const before = records.get(key);
    records.set(key, before === undefined ? recordOf(use) : added(before, recordOf(use)));
  }
  return [...records.values()].sort(byKey);
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
    lastDone: latest(a.lastDone, b.lastDone),
  };
}

function recordOf({ at, refused, ...use }: Use): UsageRecord {
  return {
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
