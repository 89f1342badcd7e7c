import type { AccountId, Instant } from "@leasehold/core/kernel";
import type { WindDown } from "@leasehold/core/winddown";
import type { Stored } from "../world/index.ts";
import { attend } from "./attend.ts";
import type { AdvancePorts, Next } from "./next.ts";

interface Wanted {
  readonly because: string;
  readonly until: Instant;
  readonly to?: AccountId; // an offer: who must accept
}

/** The case asks, because one person gets one message. Until it has, we wait; its write wakes us. */
export async function want(world: AdvancePorts, stored: Stored, { because, until, to }: Wanted): Promise<Next> {
  const { windDown } = stored;
  const waits = { do: "wait", until, version: stored.version } as const;
  if (to !== undefined && windDown.question?.custodian === to) return waits; // the offer was put to them
  await attend(world, windDown);
  if (windDown.wants === because) return waits;
  const draft = { did: "question.wanted", by: "leasehold", facts: { because } };
  const next = wanting(windDown, because);
  const { version } = await world.windDowns.change(stored, next, draft);
  return { do: "wait", until, version };
}

/** What it is once people must be asked. */
export const wanting = (windDown: WindDown, because: string): WindDown => ({
  ...windDown,
  ...{ wants: because, question: undefined, tried: silent(windDown) },
});

/**
 * Whoever was asked and did not answer is not asked again before the next act; who said *wait* or *offer it* is, but not once
 * that has lapsed and a later question went by.
 */
function silent({ question, answer, tried }: WindDown): WindDown["tried"] {
  const lapses = answer?.kind === "hold" ? answer.until : answer?.kind === "keep" ? answer.lapses : undefined;
  const spoke = lapses !== undefined && question !== undefined && question.asked < lapses;
  if (question === undefined || spoke || tried.includes(question.custodian)) return tried;
  return [...tried, question.custodian];
}
