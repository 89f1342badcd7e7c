import { describe, expect, it } from "vitest";
import { type AccountId, Instant, instantOf, later } from "../kernel/index.ts";
import { emailAccount, join, type Subject } from "../lineage/index.ts";
import { chainOf, managerBefore } from "./chain.ts";
import type { Lookup } from "./known.ts";

const NOW = Instant.parse("2026-03-02T09:00:00Z");
const LEFT = later(NOW, -48);
const LONG_AGO = later(NOW, -9_000);
const LAST = emailAccount("last@example.com");

interface Somebody {
  readonly manager?: string;
  readonly standing?: string;
  readonly left?: Instant;
}

function subject(id: AccountId, { manager, standing = "active", left }: Somebody): Subject {
  const turn = (value: string | undefined, at: Instant) => (value === undefined ? [] : [{ value, at }]);
  const now = left === undefined ? standing : "departed";
  return join(undefined, {
    subject: { id, kind: "account", tenant: "example" },
    facts: { standing: { value: now, at: left ?? LONG_AGO, eventId: "e" } },
    turns: {
      manager: turn(manager, LONG_AGO),
      standing: [{ value: standing, at: LONG_AGO }, ...turn(left && "departed", left ?? NOW)],
    },
    evidence: [],
  });
}

const people = (all: Readonly<Record<string, Somebody>>): Lookup => {
  return (account) => ({ subject: all[account] && subject(account, all[account]), links: [] });
};
const chain = (all: Readonly<Record<string, Somebody>>, more: { tried?: AccountId[]; leaver?: AccountId[] } = {}) =>
  chainOf(
    { leaver: ["acc_ada"], departure: LEFT, now: NOW, tried: [], fallback: "Last@example.com", ...more },
    people(all),
  );

type Row = [title: string, all: Readonly<Record<string, Somebody>>, asked: string[], skipped?: string[]];
const ADA = { acc_ada: { manager: "acc_grace", left: LEFT } };

describe("whom to ask", () => {
  it.each<Row>([
    [
      "the manager, the manager's manager, and then the fallback",
      { ...ADA, acc_grace: { manager: "acc_sam" }, acc_sam: {} },
      ["acc_grace", "acc_sam"],
    ],
    ["the fallback where no manager is known", { acc_ada: { left: LEFT } }, []],
    ["the fallback where nothing is known", {}, []],
    [
      "over one who has left too, to the one who was above them just before",
      { ...ADA, acc_grace: { manager: "acc_sam", left: later(LEFT, -24) }, acc_sam: {} },
      ["acc_sam"],
      ["acc_grace has left too"],
    ],
    ["over one who is on leave", { ...ADA, acc_grace: { standing: "on-leave" } }, [], ["acc_grace is on leave"]],
    ["over one who is suspended", { ...ADA, acc_grace: { standing: "suspended" } }, [], ["acc_grace is suspended"]],
    ["over one of whom no directory knows", ADA, [], ["acc_grace is not known to be active"]],
    [
      "nobody twice, where two manage each other",
      { ...ADA, acc_grace: { manager: "acc_sam" }, acc_sam: { manager: "acc_grace" } },
      ["acc_grace", "acc_sam"],
    ],
    ["never the leaver", { ...ADA, acc_grace: { manager: "acc_ada" } }, ["acc_grace"]],
    ["never the leaver as their own manager", { acc_ada: { manager: "acc_ada", left: LEFT } }, []],
  ])("%s", (_title, all, asked, skipped = []) => {
    const found = chain(all);
    expect(found.custodians).toEqual([...asked, LAST]);
    expect(found.skipped.map(({ account, because }) => `${account} ${because}`)).toEqual(skipped);
  });

  it("not whoever was asked already, but whoever is above them", () => {
    const all = { ...ADA, acc_grace: { manager: "acc_sam" }, acc_sam: {} };
    expect(chain(all, { tried: ["acc_grace"] }).custodians).toEqual(["acc_sam", LAST]);
    expect(chain(all, { tried: ["acc_grace", "acc_sam", LAST] }).custodians).toEqual([LAST]);
  });

  it("whichever of the leaver's accounts names a manager", () => {
    const all = { acc_github: {}, acc_ada: ADA.acc_ada, acc_grace: {} };
    expect(chain(all, { leaver: ["acc_github", "acc_ada"] }).custodians).toEqual(["acc_grace", LAST]);
  });

  it("no more than six hops, however tall the house", () => {
    const tall = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`acc_${n}`, { manager: `acc_${n + 1}` }]));
    expect(chain({ acc_ada: { manager: "acc_0", left: LEFT }, ...tall }).custodians).toHaveLength(7);
  });

  it("names what it still needs to read", () => {
    const all = people({ ...ADA, acc_grace: {} });
    const of = { leaver: ["acc_ada"], departure: LEFT, now: NOW, tried: [], fallback: "last@example.com" } as const;
    expect(chainOf(of, (account) => (account === "acc_ada" ? all(account) : undefined)).unread).toEqual(["acc_grace"]);
  });
});

describe("the manager just before a departure", () => {
  const turn = (value: string, hours: number) => ({ value, at: instantOf(Date.parse(LEFT) + hours * 3_600_000) });
  it.each([
    ["the last one before it", [turn("acc_a", -9), turn("acc_b", -1), turn("acc_c", 1)], "acc_b"],
    ["not the one who is written in at that very instant", [turn("acc_a", -9), turn("acc_c", 0)], "acc_a"],
    ["the first one after it, where none is known before", [turn("acc_c", 1), turn("acc_d", 2)], "acc_c"],
    ["nobody", [], undefined],
  ])("%s", (_title, turns, manager) => {
    expect(managerBefore(turns, LEFT)).toBe(manager);
  });
});
