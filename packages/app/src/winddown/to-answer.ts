import type { DecisionItem } from "@leasehold/core/casework";
import type { Choice, Heard } from "@leasehold/core/connector";
import { type AccountId, type Instant, later } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { type Answer, areTwo, type WindDown } from "@leasehold/core/winddown";
import type { Speaker } from "./authorise.ts";

/** The token of what we have no action for: a yes to it names no plan. */
export const BY_HAND = "by hand/";

const OFFER_LASTS = 24; // hours
const SNOOZE = 24; // hours, once

export type Answered = { readonly answer: Answer } | { readonly refused: string };

/** What a choice makes of the answer that stands. A keep or a hold beats a yes until the act; a second voice joins the first. */
export function toAnswer(
  windDown: WindDown,
  item: DecisionItem,
  { choice, to }: Pick<Heard, "to"> & { readonly choice: Exclude<Choice, "migrate"> },
  by: Speaker,
  now: Instant,
): Answered {
  const { answer } = windDown;
  switch (choice) {
    case "keep":
      return { answer: { kind: "keep", newOwner: by.account, accepted: true, lapses: later(now, OFFER_LASTS) } };
    case "transfer":
      if (to === undefined) return { refused: "say to whom: an e-mail address" };
      return { answer: offer(emailAccount(to), now) };
    case "snooze":
      if (windDown.snoozed) return { refused: "it was put off once already" };
      return { answer: { kind: "hold", until: later(now, SNOOZE), at: windDown.rung } };
    case "leave-off":
      if (windDown.rung !== "disabled") return { refused: "it is not switched off" };
      return { answer: { kind: "leave-off", by: by.account, at: now } };
    case "retire":
      if (standsAgainst(answer, now)) return { refused: "somebody has said to keep it or to wait" };
      return { answer: yes(answer, item, by, now) };
  }
}

const offer = (newOwner: AccountId, now: Instant): Answer => ({
  kind: "keep",
  newOwner,
  accepted: false,
  lapses: later(now, OFFER_LASTS),
});

function standsAgainst(answer: Answer | undefined, now: Instant): boolean {
  if (answer?.kind === "hold") return now < answer.until;
  if (answer?.kind === "keep") return answer.accepted || now < answer.lapses;
  return answer?.kind === "undo";
}

/** A yes is to what the message showed. Voices for another plan are not carried over. */
function yes(answer: Answer | undefined, { token }: DecisionItem, by: Speaker, now: Instant): Answer {
  const before = answer?.kind === "yes" && answer.token === token ? answer.voices : [];
  const voice = { ...by, at: now };
  return { kind: "yes", token, voices: [...before.filter((other) => areTwo(other, voice)), voice] };
}
