import type { Simulator } from "@leasehold/connectors/kit";
import type { Connector, Lister, Page, Places } from "@leasehold/core/connector";
import { contributions } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../support/clock.ts";
import { fixturesOf, running } from "../../support/connectors.ts";

type Key = Places<unknown>["key"];

/**
 * Of several accounts each is judged by its own pages, and what is absent from them is gone: so whatever is told of a thing, by a
 * list or an event, names the account in which it lies, and that is the one in which it is taken down.
 */
export function placeLaws(
  { id, lists }: Connector,
  { key }: { readonly key: Key },
  simulator: Simulator<unknown>,
): void {
  describe("of several places", () => {
    if (lists)
      it("lists what lies in its own, and nothing of another's", async () => {
        const { live } = running(simulator);
        const account = (live.api as { readonly account: string }).account;
        const pages = await all(lists, live.api);
        for (const { tenant } of pages.flatMap(({ looked = [] }) => looked)) expect(tenant).toBe(account);
        for (const signal of pages.flatMap(({ signals }) => signals))
          if (isKept(signal)) expect(placeOf(signal, key)).toEqual([account]);
      });

    it("hears of a thing where it lies", () => {
      for (const { file, signals } of fixturesOf(id))
        for (const signal of signals.filter(isKept)) expect(placeOf(signal, key), file).toHaveLength(1);
    });
  });
}

/** By which it would be found absent. */
const isKept = (signal: Signal): boolean => contributions(signal).some(({ facts }) => facts["connector"] !== undefined);

function placeOf(signal: Signal, key: Key): readonly string[] {
  const handle = "handle" in signal ? signal.handle : undefined;
  return [...new Set([signal.tenant, ...(handle ? [handle[key] ?? "none"] : [])])];
}

async function all(lists: Lister<unknown>, api: unknown): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const page = await lists.page(api, cursor, MONDAY);
    pages.push(page);
    cursor = page.next;
  } while (cursor !== undefined);
  return pages;
}
