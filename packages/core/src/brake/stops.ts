import type { CaseId, Instant } from "../kernel/index.ts";
import type { AtBrake, Hold, Release, TripId, Window } from "./model.ts";

/** Why nothing of a case goes on now. */
export type Stopped =
  | "a person has put the brake on"
  | "the brake has tripped"
  | "its departure is held until somebody releases it"
  | "its departure has not been counted";

interface Act {
  readonly departed: boolean;
  readonly case: CaseId;
  readonly brake?: AtBrake | undefined;
  readonly begun?: boolean; // an act of ours stands on this very credential: its way down was let go on once
}

/** Asked before an act is written down, and once more right before the provider is called. An undo is not asked. */
export function stops(window: Window, act: Act, now: Instant): Stopped | undefined {
  const { departed, brake } = act;
  if (window.frozen !== undefined) return "a person has put the brake on";
  if (departed && brake === undefined) return "its departure has not been counted";
  if (isReleased(window, act, now)) return undefined;
  if (standingTrip(window) !== undefined) return "the brake has tripped";
  return departed && brake?.as === "held" && !act.begun
    ? "its departure is held until somebody releases it"
    : undefined;
}

/** Tripped, and released by nobody: it does not slide away. */
export const standingTrip = ({ holds = [] }: Window): (Hold & { readonly id: TripId }) | undefined =>
  holds.findLast((hold): hold is Hold & { readonly id: TripId } => isTrip(hold) && hold.released === undefined);

/** The batch that whoever comes late joins. */
export const openBatch = ({ holds = [] }: Window): Hold | undefined =>
  holds.findLast((hold) => !isTrip(hold) && hold.released === undefined);

export const isTrip = ({ over }: Hold): boolean => over !== undefined;

/** Not run out, and given under the trip that stands: a later one freezes it, too. */
export function isStanding(window: Window, release: Pick<Release, "until" | "under">, now: Instant): boolean {
  const trip = standingTrip(window)?.id;
  return now < release.until && (trip === undefined || release.under === trip);
}

function isReleased(window: Window, { case: id, brake }: Act, now: Instant): boolean {
  const { holds = [], named = [] } = window;
  if (named.some((release) => release.case === id && isStanding(window, release, now))) return true;
  if (brake?.as !== "held") return false;
  const release = holds.find((hold) => hold.id === brake.by)?.released;
  return release !== undefined && isStanding(window, release, now) && brake.nth <= release.covers;
}
