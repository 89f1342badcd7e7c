import type { Case } from "@leasehold/core/casework";
import { type CaseId, digest, type WindDownId } from "@leasehold/core/kernel";
import { append, beginning, type Entry, type Head } from "@leasehold/core/trail";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { aCase, CAS, credential, draft, WDC } from "../../../../test/support/store-fixtures.ts";
import { exportPage, type Place, verifyOne, verifyPage, verifyTrails } from "./index.ts";

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
    "entry 3 is not the one that its closed case names",
  ]);
});

it("finds a wind-down that is named and not there", async () => {
  expect(await wrong({ windDown: undefined })).toEqual([undefined, "a case names it, and it is not there"]);
});

it("finds a statement of what was looked at that is not the one its case closed with", async () => {
  const completeness = { sources: [], notSupported: [], left: [], notVisible: [], roots: [] };
  const closing = { ...draft("case.closed"), facts: { because: "x", completeness: digest(completeness) } };
  const ofCase = [append(CAS, beginning(CAS), closing, MONDAY)];
  const saying = (notVisible: readonly string[]) =>
    ({
      ...ports({ windDown: WHOLE }),
      cases: {
        list: async (status: string) => ({ items: status === "closed" ? [CAS] : [], next: undefined }),
        get: async () => ({
          case: { ...aCase("ada"), status: "closed", items: [], completeness: { ...completeness, notVisible } },
          ...{ version: 1, head: headOf(ofCase) },
        }),
      },
      trails: { entries: async (trail: string) => (trail === CAS ? ofCase : []) },
    }) as unknown as Parameters<typeof verifyTrails>[0];
  expect((await verifyTrails(saying([])))[0]?.broken).toBeUndefined();
  expect((await verifyTrails(saying(["Okta was never listed."])))[0]?.broken).toBe(
    "entry 1 closed the case with another statement of what was looked at",
  );
});

describe("page by page", () => {
  const CASES = 130;
  const EACH = 9; // wind-downs of a case
  const idOf = (n: number) => `cas_${String(n).padStart(4, "0")}` as CaseId;
  const many = () => {
    const entries = (trail: string) => chain(trail, trail.startsWith("cas_") ? ["case.opened"] : ["wind-down.opened"]);
    const items = (id: CaseId) =>
      Array.from({ length: EACH }, (_, n) => ({
        ...{ credential: credential(`${id}${n}`), windDown: `wdc_${id.slice(4)}${n}` as WindDownId, left: undefined },
      }));
    return {
      cases: {
        list: async (status: Case["status"], page = "0") => {
          const all = Array.from({ length: CASES }, (_, n) => n).filter((n) => (n < 40 ? "open" : "closed") === status);
          const [from, next] = [Number(page), Number(page) + 25];
          return { items: all.slice(from, next).map(idOf), next: next < all.length ? String(next) : undefined };
        },
        get: async (id: CaseId) => ({
          ...{ case: { ...aCase("ada"), id, items: items(id) }, version: 1, head: headOf(entries(id)) },
        }),
      },
      windDowns: { get: async (id: WindDownId) => ({ head: headOf(entries(id)) }) },
      ledger: { handed: async () => headOf(entries("brake")) },
      trails: { entries: async (trail: string) => entries(trail) },
    } as unknown as Parameters<typeof verifyTrails>[0];
  };
  const pages = async <T extends { readonly next: Place | undefined }>(one: (after?: Place) => Promise<T>) => {
    const all: T[] = [await one()];
    for (let next = all[0]?.next; next !== undefined; next = all.at(-1)?.next) all.push(await one(next));
    return all;
  };

  it("a walk goes on in the midst of a case, misses no trail and walks none twice", async () => {
    const world = many();
    const all = await pages((after) => verifyPage(world, after, true));
    const walkedOnes = all.flatMap(({ trails }) => trails);
    expect(all.length).toBeGreaterThan(3);
    expect(Math.max(...all.map(({ trails }) => trails.length))).toBeLessThanOrEqual(300);
    expect(new Set(walkedOnes.map(({ trail }) => trail)).size).toBe(CASES * (EACH + 1) + 1);
    expect(walkedOnes).toHaveLength(CASES * (EACH + 1) + 1);
    expect(walkedOnes.every(({ broken, hashes }) => broken === undefined && hashes?.length === 1)).toBe(true);
    expect(walkedOnes.map(({ trail }) => trail)).toEqual((await verifyTrails(world)).map(({ trail }) => trail));
  });

  it("an export has an end for each", async () => {
    const all = await pages((after) => exportPage(many(), undefined, after));
    const lines = all.flatMap((page) => page.lines);
    expect(lines).toHaveLength(2 * (CASES * (EACH + 1) + 1));
  });

  it("one case brings its wind-downs along, a wind-down only itself", async () => {
    const world = many();
    expect(await verifyOne(world, idOf(3))).toHaveLength(EACH + 1);
    expect((await verifyOne(world, "brake")).map(({ trail }) => trail)).toEqual(["brake"]);
    expect(await verifyOne(world, "nothing")).toEqual([]);
  });
});
