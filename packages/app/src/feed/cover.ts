import { digest } from "@leasehold/core/kernel";
import { type Coverage, polledAs, type World } from "../world/index.ts";

const MOST = 50; // sentences: a thousand accounts that refuse are one trouble

/** What a poll could not see is said wherever what was not visible is. Written only where it has changed. */
export async function coverPoll(
  { ledger, clock }: Pick<World, "ledger" | "clock">,
  id: string,
  all: readonly string[],
): Promise<void> {
  const connector = polledAs(id);
  const sentences = [...new Set(all)].sort();
  const left = sentences.length - MOST;
  const gaps = left > 0 ? [...sentences.slice(0, MOST), `Of ${id} ${left} gaps more are not listed here.`] : sentences;
  const before = (await ledger.coverage()).find((one) => one.connector === connector);
  if (digest(before?.gaps ?? []) === digest(gaps)) return;
  const row: Coverage = { connector, whole: false, at: clock(), seen: 0, active: 0, gaps };
  await ledger.cover(row);
}
