import { takePlace } from "@leasehold/app/brake";
import { readConfig } from "@leasehold/app/config";
import type { Store, StoredCase } from "@leasehold/app/world";
import { standingTrip, type Window } from "@leasehold/core/brake";
import type { CaseId } from "@leasehold/core/kernel";
import { broken } from "@leasehold/core/trail";
import { expect, it } from "vitest";
import type { Bench } from "../store-contract.ts";
import { aCase, at, draft, names } from "../store-fixtures.ts";

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
const worldOf = (store: Store) => ({
  ...store,
  clock: () => at(1),
  config: readConfig({ fallback: { email: "last@example.com" } }),
  random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
  log: () => {},
});

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
}
