import type { Instant } from "../kernel/index.ts";
import type { Limits, Window } from "./model.ts";
import { DAY, HOUR, most, peopleIn, sum, within } from "./take.ts";

/** How much of one limit is used, by numbers. */
export interface Used {
  readonly limit: keyof Limits;
  readonly used: number;
  readonly most: number; // as many as there may be now
}

/** What stands in the window against each limit. It judges nothing: `take` does, by the same numbers. */
export function usage({ buckets }: Window, now: Instant, limits: Limits, active: number): readonly Used[] {
  const [hour, day] = [within(buckets, HOUR, now), within(buckets, DAY, now)];
  const used = {
    peopleAnHour: peopleIn(hour),
    peopleADay: peopleIn(day),
    credentialsAnHour: sum(hour.map(({ credentials }) => credentials)),
  };
  return (["peopleAnHour", "peopleADay", "credentialsAnHour"] as const).map((limit) => ({
    ...{ limit, used: used[limit], most: most(limits[limit], active) },
  }));
}
