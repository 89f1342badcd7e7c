import type { Instant } from "@leasehold/core/kernel";
import type { CredentialReport, Slot } from "./report.ts";

interface Key {
  readonly UserName: string;
  readonly AccessKeyId: string;
  readonly CreateDate?: Instant | undefined;
}

const TRACKED = "2015-04-22T00:00:00.000Z"; // IAM has kept the last use since then

/**
 * Of one of a user's keys, as the report has it; null is never, undefined is not said. The report tells no key's id: a line is a
 * key's only where it alone can be meant. N/A is never only for keys younger than the keeping.
 */
export function lastUse(
  key: Key,
  siblings: readonly Key[],
  report: CredentialReport | undefined,
): Instant | null | undefined {
  const slot = slotOf(key, siblings, report?.slots.get(key.UserName) ?? []);
  if (slot?.used !== "N/A") return slot?.used;
  return key.CreateDate !== undefined && key.CreateDate > TRACKED ? null : undefined;
}

function slotOf(key: Key, siblings: readonly Key[], slots: readonly Slot[]): Slot | undefined {
  if (slots.length === 1 && siblings.length === 1) return slots[0];
  const same = slots.filter(({ rotated }) => rotated === key.CreateDate);
  const twins = siblings.filter(({ CreateDate }) => CreateDate === key.CreateDate);
  return same.length === 1 && twins.length === 1 ? same[0] : undefined;
}
