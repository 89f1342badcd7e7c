import type { Case } from "@leasehold/core/casework";
import type { CaseId, WindDownId } from "@leasehold/core/kernel";
import { append, beginning, type Entry, type Head } from "@leasehold/core/trail";
import { expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { aCase, CAS, credential, draft, WDC } from "../../../../test/support/store-fixtures.ts";
import { verifyTrails } from "./index.ts";

function chain(trail: string, did: readonly string[]): readonly Entry[] {
  let head: Head = beginning(trail);
  return did.map((one) => {
    const entry = append(trail, head, draft(one), MONDAY);
    head = { n: entry.n, hash: entry.hash };
    return entry;
  });
}
const headOf = (entries: readonly Entry[]): Head => ({ n: entries.length, hash: entries.at(-1)?.hash ?? "" });

/** A case with one wind-down, closed while that one's trail ended where `root` says. */
function ports(given: {
  readonly windDown: readonly Entry[] | undefined;
  readonly root?: Head;
  readonly entries?: readonly Entry[];
}) {
  const ofCase = chain(CAS, ["case.opened", "case.closed"]);
  const root = given.root && [{ windDown: WDC as WindDownId, entries: given.root.n, hash: given.root.hash }];
  const closed: Case = {
    ...{ ...aCase("ada"), status: root ? "closed" : "open" },
    items: [{ credential: credential("n1"), windDown: WDC as WindDownId, left: undefined }],
    completeness: root && { sources: [], notSupported: [], left: [], notVisible: [], roots: root },
  };
  return {
    cases: {
      list: async (status: Case["status"]) => ({
        items: status === closed.status ? [CAS as CaseId] : [],
        next: undefined,
      }),
      get: async () => ({ case: closed, version: 1, head: headOf(ofCase) }),
    },
    windDowns: { get: async () => given.windDown && { head: headOf(given.windDown) } },
    ledger: { handed: async () => beginning("brake") },
    trails: {
      entries: async (trail: string) =>
        trail === CAS ? ofCase : trail === "brake" ? [] : (given.entries ?? given.windDown ?? []),
    },
  } as unknown as Parameters<typeof verifyTrails>[0];
}

const WHOLE = chain(WDC, ["wind-down.opened", "question.asked", "credential.disabled"]);
const first = (n: number) => headOf(WHOLE.slice(0, n));
const wrong = async (given: Parameters<typeof ports>[0]) =>
  (await verifyTrails(ports(given))).map(({ broken }) => broken);

it("walks the case's trail and each wind-down's", async () => {
  expect(await verifyTrails(ports({ windDown: WHOLE }))).toMatchObject([
    { trail: CAS, entries: 2, broken: undefined },
    { trail: WDC, entries: 3, hash: headOf(WHOLE).hash, broken: undefined },
  ]);
});

it("finds an entry that was changed", async () => {
  const entries = WHOLE.map((one) => (one.n === 2 ? { ...one, did: "nothing.done" } : one));
  expect(await wrong({ windDown: WHOLE, entries })).toEqual([undefined, "entry 2 was changed"]);
});

it("finds one that was cut at its end", async () => {
  expect(await wrong({ windDown: WHOLE, entries: WHOLE.slice(0, 2) })).toEqual([
    undefined,
    "it ends at entry 2, and should end at 3",
  ]);
});

it("lets a trail go on after its case was closed", async () => {
  expect(await wrong({ windDown: WHOLE, root: first(2) })).toEqual([undefined, undefined]);
});

it("finds a whole chain that was put in the place of the one that a closed case wrote down", async () => {
  const other = chain(WDC, ["wind-down.opened", "nothing.done", "nothing.done"]);
  expect(await wrong({ windDown: other, root: first(3) })).toEqual([
    undefined,
    "entry 3 is not the one that its closed case wrote down",
  ]);
});

it("finds a wind-down that is named and not there", async () => {
  expect(await wrong({ windDown: undefined })).toEqual([undefined, "a case names it, and it is not there"]);
});
