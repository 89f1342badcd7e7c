import { hoursBetween, type Instant, later } from "../kernel/index.ts";
import { type Heartbeat, hourOf, spanOf, spokeIn, WEEK } from "./heartbeat.ts";

const IMPROBABLE = 1e-6;
const SUREST = 0.9; // that any one hour has something in it: no source is so regular that an hour or two prove anything
const DOUBT = 2; // weeks that the source's mean counts beside the same hour of the weeks before
const YOUNG = 2 * WEEK; // hours of which must be known before anything is expected
const LATE = 1; // hours that an event may take to come

/** How regular a source is. `rare`: of it a week's silence is no news, so only its polls and sweeps tell. */
export type Pace = "young" | "rare" | "steady";

export interface Rate {
  readonly pace: Pace;
  readonly hoursAWeek: number; // in which something comes, on average
}

/** What is to be expected of a source, by its own history alone. */
export function rateOf(heartbeat: Heartbeat): Rate {
  const { from, to } = spanOf(heartbeat);
  const mean = meanOf(heartbeat);
  const hoursAWeek = Math.round(mean * WEEK);
  if (to - from < YOUNG) return { pace: "young", hoursAWeek };
  return { pace: chanceOf(heartbeat, to + 1, to + WEEK) < IMPROBABLE ? "steady" : "rare", hoursAWeek };
}

/** How probable it is that nothing comes from one hour to another, both of them whole, as the same hours of the week were before. */
function chanceOf(heartbeat: Heartbeat, from: number, to: number): number {
  const mean = meanOf(heartbeat);
  let chance = 1;
  for (let hour = from; hour <= to && chance >= IMPROBABLE; hour += 1) chance *= 1 - expectedIn(heartbeat, hour, mean);
  return chance;
}

function meanOf(heartbeat: Heartbeat): number {
  const { from, to } = spanOf(heartbeat);
  let spoke = 0;
  for (let hour = from; hour <= to; hour += 1) if (spokeIn(heartbeat, hour)) spoke += 1;
  return spoke / (to - from + 1);
}

function expectedIn(heartbeat: Heartbeat, hour: number, mean: number): number {
  const { from, to } = spanOf(heartbeat);
  let [known, spoke] = [0, 0];
  for (let before = hour - WEEK; before >= from; before -= WEEK) {
    if (before > to) continue;
    known += 1;
    if (spokeIn(heartbeat, before)) spoke += 1;
  }
  return Math.min(SUREST, (spoke + DOUBT * mean) / (known + DOUBT));
}

/** What is known of a source when it is judged. */
export interface Listening {
  readonly heartbeat: Heartbeat | undefined; // undefined: nothing ever came
  readonly missed: Instant | undefined; // when the latest happened that a poll found and nothing had told of
  readonly silentAfter: number | undefined; // hours, where somebody configured them
  readonly since: Instant; // since when we have listened without a break
  readonly now: Instant;
}

/**
 * Why a source is silent, as a sentence; undefined while nothing says so. What a poll found is proof, and what the configuration
 * says decides; where it says nothing, silence is one that its own history makes improbable.
 */
export function whySilent({ heartbeat, missed, silentAfter, since, now }: Listening): string | undefined {
  const heard = heartbeat && heartbeat.last > since ? heartbeat.last : since;
  if (heartbeat && missed && isMissed(heartbeat, missed, since, now))
    return "a poll found what had happened there, and no event told of it";
  if (silentAfter !== undefined)
    return hoursBetween(heard, now) >= silentAfter
      ? `nothing has come of it for ${silentAfter} hours, which is what its configuration allows`
      : undefined;
  if (heartbeat === undefined || rateOf(heartbeat).pace !== "steady") return undefined;
  return chanceOf(heartbeat, hourOf(heard) + 1, hourOf(now) - 1) < IMPROBABLE
    ? "by its own last four weeks so long a silence is improbable"
    : undefined;
}

/** Heartbeats are by the hour: of what happened in the hour of the last one nobody can tell whether it came. */
const isMissed = ({ last }: Heartbeat, missed: Instant, since: Instant, now: Instant): boolean =>
  missed >= since && hourOf(missed) > hourOf(last) && later(missed, LATE) <= now;
