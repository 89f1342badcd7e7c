import type { Caller, Refused, Told } from "./model.ts";
import { joinRefusals } from "./refusals.ts";

/** What one caller did of one kind, over all the hours that were asked for. */
export interface Summary {
  readonly caller: Caller;
  readonly service: string;
  readonly action: string;
  readonly count: number;
  readonly refused: number;
  readonly last: Told["last"];
  readonly eventId: string; // of the last
  readonly approximate: boolean; // some of its hours were counted on the bus alone
  readonly refusals?: readonly Refused[]; // the latest of each kind
}

/** By caller, service and action; the latest first. */
export function summarise(records: readonly Told[]): readonly Summary[] {
  const each = new Map<string, Summary>();
  for (const record of records) {
    const { caller, service, action, count, refused, last, eventId, approximate } = record;
    const key = JSON.stringify([caller.via, caller.name, caller.account ?? "", service, action]);
    const before = each.get(key);
    const isNewer = before === undefined || last > before.last || (last === before.last && eventId > before.eventId);
    each.set(key, {
      ...{ caller, service, action },
      count: count + (before?.count ?? 0),
      refused: refused + (before?.refused ?? 0),
      ...(isNewer ? { last, eventId } : { last: before.last, eventId: before.eventId }),
      approximate: approximate || (before?.approximate ?? false),
      ...joinRefusals(before ?? {}, record),
    });
  }
  return [...each].sort(([k, a], [l, b]) => order(b.last, a.last) || order(k, l)).map(([, one]) => one);
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
