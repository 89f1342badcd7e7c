import { type CaseId, type Instant, later, millisOf } from "../kernel/index.ts";
import { DAY } from "./buckets.ts";
import type { FirstVoice, Hold, Named, Window } from "./model.ts";
import { standingTrip } from "./stops.ts";

const TEN_TIMES = 10;
const MOST_HOLDS = 50; // kept of those that were released: who is held by one that is forgotten stays held
const MOST_NAMED = 200;

/** How many times over its limit it went. */
export const timesOver = ({ over, people, most }: Hold): number => ((over?.counted ?? 0) + people) / Math.max(1, most);

export const needsTwo = (hold: Hold | undefined): boolean => hold !== undefined && timesOver(hold) > TEN_TIMES;

/** When it was said, and for how many hours it stands: whoever is asked first must have had their notice by then. */
export interface When {
  readonly now: Instant;
  readonly hours: number;
}

/** Those who were held when it was agreed to, and nobody who came since; a trip is over with it. */
export function releaseHold(window: Window, id: Hold["id"], by: readonly string[], covers: number, when: When): Window {
  const under = standingTrip(window)?.id;
  const released = { by, covers, ...span(when), ...(under !== undefined && under !== id && { under }) };
  const holds = (window.holds ?? []).map((hold) => (hold.id === id ? { ...hold, released } : hold));
  return { ...agreed(window, id), holds: keptHolds(holds) };
}

/** One case, and only while no other trip comes. Undefined: there are more than are kept. */
export function releaseCase(window: Window, id: CaseId, by: readonly string[], when: When): Window | undefined {
  const under = standingTrip(window)?.id;
  const one: Named = { case: id, by, ...span(when), ...(under !== undefined && { under }) };
  const others = (window.named ?? []).filter((release) => release.case !== id && release.until > when.now);
  return others.length < MOST_NAMED ? { ...agreed(window, id), named: [...others, one] } : undefined;
}

/** The first of two; what was said more than a day ago counts no longer. */
export function withVoice(window: Window, voice: FirstVoice): Window {
  const others = (window.voices ?? [])
    .filter(({ of, at }) => of !== voice.of && lasts(at, voice.at))
    .slice(-MOST_HOLDS);
  return { ...window, voices: [...others, voice] };
}
export const voiceFor = ({ voices = [] }: Window, of: string, now: Instant): FirstVoice | undefined =>
  voices.find((voice) => voice.of === of && lasts(voice.at, now));

const lasts = (at: Instant, now: Instant) => millisOf(now) - millisOf(at) < DAY;
const span = ({ now, hours }: When) => ({ at: now, until: later(now, hours) });

function agreed({ voices = [], ...window }: Window, id: string): Window {
  const others = voices.filter(({ of }) => of !== id);
  return others.length > 0 ? { ...window, voices: others } : window;
}

function keptHolds(holds: readonly Hold[]): readonly Hold[] {
  const standing = holds.filter(({ released }) => released === undefined);
  const over = holds.filter(({ released }) => released !== undefined).slice(-MOST_HOLDS);
  return holds.filter((hold) => standing.includes(hold) || over.includes(hold));
}
