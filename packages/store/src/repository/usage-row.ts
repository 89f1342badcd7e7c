import { type Instant, instantOf, millisOf } from "@leasehold/core/kernel";
import type { Caller, Refused, Told, UsageRecord, Used } from "@leasehold/core/usage";

/** What one source object says of one credential on one day, as it is stored: each caller once, times within their hour. */
export interface Packed {
  readonly approximate?: true;
  readonly callers: readonly Caller[];
  readonly records: readonly PackedRecord[];
  readonly refusals?: readonly (readonly [record: number, told: readonly Refused[]])[];
}
type PackedRecord = readonly [
  hour: number, // of the day
  caller: number, // its place among the callers
  service: string,
  action: string,
  count: number,
  refused: number,
  last: number, // milliseconds into the hour
  lastDone: number | null,
  eventId: string,
];

const HOUR = 3_600_000;

export function packed(records: readonly UsageRecord[], approximate: boolean): Packed {
  const names = records.map(({ caller }) => JSON.stringify(caller));
  const each = [...new Set(names)];
  const refusals = records.flatMap((one, n) => (one.refusals ? [[n, one.refusals] as const] : []));
  return {
    ...(refusals.length > 0 && { refusals }),
    ...(approximate && { approximate }),
    callers: each.map((name) => JSON.parse(name) as Caller),
    records: records.map(({ hour, service, action, count, refused, last, lastDone, eventId }, n) => [
      ...([Number(hour.slice(11, 13)), each.indexOf(names[n] as string), service, action, count, refused] as const),
      millisOf(last) - millisOf(hour),
      lastDone === undefined ? null : millisOf(lastDone) - millisOf(hour),
      eventId,
    ]),
  };
}

export function unpacked(credential: Used, day: string, row: Packed): Told[] {
  const { approximate, callers, records } = row;
  const refusals = new Map(row.refusals);
  const midnight = millisOf(`${day}T00:00:00.000Z`);
  return records.map(([hour, caller, service, action, count, refused, last, lastDone, eventId], n) => {
    const told = refusals.get(n);
    const start = midnight + hour * HOUR;
    const at = (millis: number): Instant => instantOf(start + millis);
    return {
      ...{ credential, caller: callers[caller] as Caller, service, action, hour: at(0), count, refused },
      ...{ last: at(last), lastDone: lastDone === null ? undefined : at(lastDone), eventId },
      approximate: approximate === true,
      ...(told && { refusals: told }),
    };
  });
}
