import { takePlace } from "@leasehold/app/brake";
import { readConfig } from "@leasehold/app/config";
import type { Store, Stored, StoredCase } from "@leasehold/app/world";
import { standingTrip, type Window } from "@leasehold/core/brake";
import { type CaseId, type Instant, later, type WindDownId } from "@leasehold/core/kernel";
import { broken } from "@leasehold/core/trail";
import { expect, it } from "vitest";
import { intend } from "../../../packages/app/src/winddown/intend.ts";
import type { Bench } from "../store-contract.ts";
import { aCase, aCredential, anIntent, at, aWindDown, draft, names } from "../store-fixtures.ts";

const TRIPPED = { did: "brake.tripped", by: "leasehold", facts: { hold: "trp_1" } };
const WINDOW: Window = { buckets: [{ from: at(0), people: { okta: 1 }, credentials: 0 }] };

async function opened({ cases }: Store, name: string): Promise<StoredCase> {
  const id: CaseId = `cas_${name}`;
  await cases.open({ ...aCase(name), id }, [], draft("case.opened"));
  return stored(await cases.get(id));
}
function stored(it: StoredCase | undefined): StoredCase {
  if (it === undefined) throw new Error("not there");
  return it;
}
const worldOf = (store: Store, now: Instant = at(1)) => ({
  ...store,
  clock: () => now,
  config: readConfig({
    fallback: { email: "last@example.com" },
    brake: { credentialsAnHour: { least: 7, share: 0, most: 7 } },
  }),
  random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
  log: () => {},
});

/** What is looked at and owned by nobody who left: all that it wants is a place without a yes. */
const lookedAt = (now: Instant) =>
  ({ at: now, hands: [], view: { standing: { owner: undefined, departed: false } } }) as unknown as Parameters<
    typeof intend
  >[3];

async function begun({ graph, windDowns }: Store, name: string): Promise<WindDownId> {
  const id: WindDownId = `wdc_${name}`;
  await graph.put(aCredential(name), 0);
  await windDowns.open(aWindDown(id, name), { value: aCredential(name), version: 1 }, draft("wind-down.opened"));
  return id;
}

/** Everybody at once; undefined where there was no place. */
async function race(store: Store, ids: readonly WindDownId[], now: Instant) {
  const world = worldOf(store, now);
  const all = ids.map(async (id) => {
    const stored = (await store.windDowns.get(id)) as Stored;
    const { does, to, plan } = anIntent(stored.windDown.credential);
    return intend(world, stored, { do: does, to, plan }, lookedAt(now)).catch((fault: { readonly name: string }) => {
      if (fault.name !== "Braked") throw fault;
    });
  });
  return Promise.all(all);
}

export function brakePart(bench: () => Bench): void {
  it("writes a case, the brake's window and the entry of its trip together, or none of them", async () => {
    const { store } = bench();
    const from = await opened(store, "one");
    const to = { ...from.case, brake: { as: "counted", at: at(0) } } as const;
    const change = (version: number) =>
      store.cases.change(from, to, draft("place.taken"), [], { window: { value: WINDOW, version }, entry: TRIPPED });
    await expect(change(3)).rejects.toMatchObject({ name: "Conflict" });
    expect([await store.cases.get(from.case.id), (await store.ledger.brake()).version]).toEqual([from, 0]);
    expect(await store.trails.entries("brake")).toEqual([]);
    await change(0);
    expect(await store.ledger.brake()).toEqual({ value: WINDOW, version: 1 });
    expect((await store.cases.get(from.case.id))?.case.brake).toEqual(to.brake);
    const entries = await store.trails.entries("brake");
    expect(entries).toMatchObject([TRIPPED]);
    expect(broken("brake", entries, await store.ledger.handed())).toBeUndefined();
  });

  it("lets no more through of forty at once than the limit, trips once, and numbers each of the others", async () => {
    const { store } = bench();
    const from: StoredCase[] = [];
    for (const name of names(40)) from.push(await opened(store, name));
    const world = worldOf(store);
    const done = await Promise.all(from.map((one) => takePlace(world, one)));
    const brakes = done.map(({ case: { brake } }) => brake);
    const nths = brakes.flatMap((brake) => (brake?.as === "held" ? [brake.nth] : []));
    expect(brakes.filter((brake) => brake?.as === "counted")).toHaveLength(5);
    expect(nths.sort((a, b) => a - b)).toEqual(Array.from({ length: 35 }, (_, n) => n + 1));
    const { value } = await store.ledger.brake();
    expect(standingTrip(value)).toMatchObject({ people: 35, most: 5 });
    expect((await store.trails.entries("brake")).map(({ did }) => did)).toEqual(["brake.tripped"]);
    const again = await Promise.all(from.map(async ({ case: { id } }) => (await store.cases.get(id))?.case.brake));
    expect(again).toEqual(brakes);
  });

  it("gives the last free places to as many of forty executors at once, and each of the others waits for the next", async () => {
    const { store } = bench();
    const ids: WindDownId[] = [];
    for (const name of names(40)) ids.push(await begun(store, name));
    const used = async () => {
      const { buckets } = (await store.ledger.brake()).value;
      return buckets.reduce((sum, { credentials }) => sum + credentials, 0);
    };
    const intended = async () => {
      const all = await Promise.all(ids.map((id) => store.windDowns.get(id)));
      return all.flatMap((one) => (one?.open ? one.windDown.id : []));
    };
    let waiting: readonly WindDownId[] = ids;
    for (const [nth, most] of [7, 14, 21].entries()) {
      const got = await race(store, waiting, later(at(1), nth * 1.2));
      expect(got.filter((one) => one !== undefined)).toHaveLength(7);
      expect([(await intended()).length, (await used()) % 7]).toEqual([most, 0]);
      const acting = await intended();
      waiting = ids.filter((id) => !acting.includes(id));
    }
    expect(waiting).toHaveLength(40 - 21);
    expect(await store.trails.entries(waiting[0] as WindDownId)).toMatchObject([{ did: "wind-down.opened" }]);
  });
}
