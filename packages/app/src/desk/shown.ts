import type { HandId, HoldId, Window } from "@leasehold/core/brake";
import type { Message } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import { type HandShown, handIn, handMessage, handToken, isHand } from "./hand-message.ts";
import { type HoldShown, holdIn, holdMessage, holdToken, isHold } from "./hold-message.ts";

/** What stops, and can be let go on by a press: a hold of the brake's, or a hand on it. */
export type StopId = HoldId | HandId;
export type Shown = HoldShown | HandShown;

export const isStop = (id: string): id is StopId => isHold(id) || isHand(id);
export const isOfHand = (shown: Shown): shown is HandShown => "hand" in shown;

export const shownIn = (window: Window, id: StopId, now: Instant): Shown | undefined =>
  isHand(id) ? handIn(window, id) : holdIn(window, id, now);

export const tokenOf = (shown: Shown): string => (isOfHand(shown) ? handToken(shown) : holdToken(shown));

/** Nothing of it is left to press. */
export const isOver = (shown: Shown): boolean =>
  isOfHand(shown) ? shown.lifted !== undefined : shown.released !== undefined;

export const messageFor = (shown: Shown, to: Parameters<typeof holdMessage>[1]): Promise<Message> =>
  isOfHand(shown) ? handMessage(shown, to) : holdMessage(shown, to);
