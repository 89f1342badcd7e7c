import type { Instant } from "@leasehold/core/kernel";
import { isListed, type ReadingPorts } from "../world/index.ts";

/** What no source could show, each a sentence. Partial is not absent. */
export async function gapsOf({ estate, ledger }: Pick<ReadingPorts, "estate" | "ledger">): Promise<readonly string[]> {
  const providers = estate.providers();
  const coverage = await ledger.coverage();
  const gaps = providers
    .filter(({ page }) => page !== undefined)
    .map(({ id, title }) => ({ title, last: coverage.find(({ connector }) => connector === id) }))
    .flatMap(({ title, last }) => gapOf(title, last));
  const unpolled = coverage.filter((one) => !isListed(one)).flatMap(({ gaps: polled = [] }) => polled);
  return providers.length === 0 ? ["No connector is configured."] : [...gaps, ...unpolled].sort();
}

type Last = { readonly whole: boolean; readonly at: Instant; readonly gaps?: readonly string[] };

function gapOf(title: string, last: Last | undefined): readonly string[] {
  if (last === undefined) return [`${title} was never listed.`];
  return [...(last.whole ? [] : [`The last list of ${title}, at ${last.at}, was not whole.`]), ...(last.gaps ?? [])];
}
