import { ingest } from "@leasehold/app/ingest";
import { sweepEstate } from "@leasehold/app/sweep";
import type { Simulator } from "@leasehold/connectors/kit";
import type { Lister, Page } from "@leasehold/core/connector";
import { derivedId } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../support/clock.ts";
import { moodAt, running, startedFrom } from "../../support/connectors.ts";
import { listed } from "../../support/listed.ts";
import { memoryWorld } from "../../support/memory-world.ts";

const TUESDAY = "2026-11-03T09:00:00.000Z";

/** A list is whole or says that it is not, ends, goes on where it stopped, and says of the same world the same. */
export function listerLaws(lists: Lister<unknown>, simulator: Simulator<unknown>): void {
  describe("list", () => {
    it("says only what it names, each kind at least once, and nothing twice", async () => {
      const { live, world } = running(simulator);
      const before = structuredClone(world());
      const pages = await all(lists, live.api);
      const signals = pages.flatMap((page) => page.signals);
      expect(signals.map((signal) => Signal.parse(signal))).toEqual(signals);
      expect(new Set(signals.map(({ kind }) => kind))).toEqual(new Set(lists.emits));
      expect(new Set(signals.map(({ source }) => source.eventId)).size).toBe(signals.length);
      expect(pages.every(({ whole }) => whole)).toBe(true);
      expect(world()).toEqual(before); // looking changes nothing
    });

    it("is dated no later than the look", async () => {
      const { live } = running(simulator);
      const signals = (await all(lists, live.api)).flatMap((page) => page.signals);
      for (const { source } of signals) expect(source.occurredAt <= MONDAY).toBe(true);
    });

    it("uses the permissions it declares, all of them and no others", async () => {
      const { live, calls } = running(simulator);
      await all(lists, live.api);
      expect([...new Set(calls)].sort()).toEqual([...new Set(lists.permissions)].sort());
    });

    it("goes on where it stopped, also in another process", async () => {
      const pages = await all(lists, running(simulator).live.api);
      let cursor: string | undefined;
      for (const page of pages) {
        expect(await lists.page(running(simulator).live.api, cursor, MONDAY)).toEqual(page);
        cursor = page.next;
      }
      expect(cursor).toBeUndefined();
    });

    it("looks without a fault at a provider that is new and empty", async () => {
      const pages = await all(lists, startedFrom(simulator, undefined).live.api);
      expect(pages.flatMap(({ signals }) => signals)).toEqual([]);
      expect(pages.every(({ whole }) => whole)).toBe(true);
    });

    it("never makes a thing look gone whose Region, or whose instance, is not listed any more", async () => {
      const pages = await all(lists, running(simulator).live.api);
      for (const { signals, region } of pages)
        if (region !== undefined && signals.length > 0) expect(await goneWhere(signals, `not ${region}`)).toEqual([]);
    });

    it("says the same tomorrow but for the time of the look", async () => {
      const [first, second] = await Promise.all(
        [MONDAY, TUESDAY].map((now) => all(lists, running(simulator).live.api, now as typeof MONDAY)),
      );
      const undated = (pages: readonly Page[] | undefined) =>
        pages?.flatMap(({ signals }) => signals.map(({ source: _, ...rest }) => rest));
      expect(undated(second)).toEqual(undated(first));
    });

    refusedLaws(lists, simulator);
  });
}

function refusedLaws(lists: Lister<unknown>, simulator: Simulator<unknown>): void {
  it("never takes what it was refused for what is not there, whichever call it was", async () => {
    for (let nth = 0; nth < (await countOf(lists, simulator)); nth += 1) {
      const world = running(simulator);
      moodAt(world, nth, "refusing");
      const pages = await all(lists, world.live.api).catch((fault: unknown) => fault);
      if (Array.isArray(pages)) expect(pages.every(({ whole }: Page) => whole)).toBe(false);
      else expect(pages).toMatchObject({ name: "PermissionMissing" });
    }
  });

  it.each([
    ["busy", "Throttled"],
    ["unreachable", "Unavailable"],
  ] as const)("names it when the provider is %s at any call", async (mood, name) => {
    for (let nth = 0; nth < (await countOf(lists, simulator)); nth += 1) {
      const world = running(simulator);
      moodAt(world, nth, mood);
      await expect(all(lists, world.live.api)).rejects.toMatchObject({ name });
    }
  });
}

/** What is said to be gone by a whole list of another Region that has none of these, and looks for all their types. */
async function goneWhere(signals: readonly Signal[], region: string): Promise<readonly Signal[]> {
  const [one] = signals;
  const provider = listed(one?.source.connector ?? "", "listed");
  const world = memoryWorld([provider]);
  await ingest(world, signals, { live: false, recordedAt: world.now });
  world.pass(48);
  const looked = signals.flatMap((each) => ("type" in each ? [{ tenant: each.tenant, type: String(each.type) }] : []));
  const others = signals.filter(({ kind }) => kind === "identity.seen").map(elsewhere);
  const page = async () => ({ signals: others.slice(0, 1), next: undefined, whole: true, looked, region });
  Object.assign(provider, { page });
  await sweepEstate(world, provider.id);
  const said = (await world.archive.read()).items.map(({ signal }) => signal);
  return said.filter(({ kind }) => kind === "credential.deleted" || kind === "identity.deleted");
}

const elsewhere = (signal: Signal): Signal =>
  Signal.parse({ ...signal, identity: { id: derivedId("idn", "elsewhere"), realm: "elsewhere", name: "elsewhere" } });

async function all(lists: Lister<unknown>, api: unknown, now = MONDAY): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const page = await lists.page(api, cursor, now);
    pages.push(page);
    cursor = page.next;
    if (pages.length > 100) throw new Error("the list does not end");
  } while (cursor !== undefined);
  return pages;
}

async function countOf(lists: Lister<unknown>, simulator: Simulator<unknown>): Promise<number> {
  const { live, calls } = running(simulator);
  await all(lists, live.api);
  return calls.length;
}
