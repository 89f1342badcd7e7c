import type { Case } from "@leasehold/core/casework";
import { begunAt, type Instant, later } from "@leasehold/core/kernel";
import type { Stored } from "../world/index.ts";

const SOON = 0.25; // hours

/**
 * Whether an item is about to say that people must be asked: it was only just opened, or its question has only just run out.
 * One person gets one message, so the others wait for it; but not for ever, for it may be stuck.
 */
export function inFlux({ windDown }: Stored, { triggers }: Case, now: Instant): boolean {
  const { id, closed, wants, question, answer, acts } = windDown;
  if (closed || wants !== undefined) return false;
  if (question !== undefined) return question.until <= now && now < later(question.until, SOON);
  const begun = [...triggers.map(({ recordedAt }) => recordedAt), begunAt(id)].sort().at(-1);
  return answer === undefined && acts.length === 0 && begun !== undefined && now < later(begun, SOON);
}
