import { type Instant, instantOf, millisOf } from "../kernel/index.ts";
import { DAY, HOUR, most, peopleIn, sum, within } from "./buckets.ts";
import type { Actives } from "./lists.ts";
import type { Limits, Window } from "./model.ts";

/** How much of one limit is used, by numbers. */
export interface Used {
  readonly limit: keyof Limits;
  readonly source?: string; // left out: of all sources together
  readonly used: number;
  readonly most: number; // as many as there may be now
}

/** What stands in the window against each limit, of all and of each source that stands in it. It judges nothing. */
export function usage({ buckets }: Window, now: Instant, limits: Limits, actives: Actives): readonly Used[] {
  const [hour, day] = [within(buckets, HOUR, now), within(buckets, DAY, now)];
  const sources = [...new Set(day.flatMap(({ people = {} }) => Object.keys(people)))].sort();
  const before = (span: number) => instantOf(millisOf(now) - span);
  const people = (source?: string): readonly Used[] =>
    (
      [
        ["peopleAnHour", hour, HOUR],
        ["peopleADay", day, DAY],
      ] as const
    ).map(([limit, there, span]) => ({
      ...{ limit, ...(source && { source }), used: peopleIn(there, source) },
      most: most(limits[limit], actives(before(span), source)),
    }));
  return [
    ...people(),
    {
      ...{ limit: "credentialsAnHour", used: sum(hour.map(({ credentials }) => credentials)) },
      most: most(limits.credentialsAnHour, actives(before(HOUR))),
    },
    ...sources.flatMap((source) => people(source)),
  ];
}
