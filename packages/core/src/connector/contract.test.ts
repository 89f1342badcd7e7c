import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { back, draw, type Plan, type Receipt, same } from "./index.ts";

const handle = { user: "agent-7", key: "k1" };
const plan = {
  verb: "disable" as const,
  target: { credential: "crd_01" as const, handle },
  before: { status: "Active" },
  wanted: { status: "Inactive" },
  alsoAffects: ["agent-8", "agent-9"],
  refusals: [],
};

describe("a yes to a plan", () => {
  it.each<[title: string, over: Partial<Plan>, covered: boolean]>([
    ["the same plan in other words", { target: { ...plan.target, handle: { key: "k1", user: "agent-7" } } }, true],
    ["the same plan, its victims in another order", { alsoAffects: ["agent-9", "agent-8"] }, true],
    ["the same plan, now refused", { refusals: ["shared"] }, true],
    ["another key", { target: { ...plan.target, handle: { ...handle, key: "k2" } } }, false],
    ["a key of another account", { target: { ...plan.target, handle: { ...handle, account: "111122223333" } } }, false],
    ["one that takes more down", { alsoAffects: ["agent-8", "agent-9", "agent-10"] }, false],
    ["one that takes less down", { alsoAffects: ["agent-8"] }, false],
    ["one that takes somebody else down", { alsoAffects: ["agent-8", "agent-7"] }, false],
    ["one whose victims were written as one", { alsoAffects: ["agent-8,agent-9"] }, false],
    ["one from another state", { before: { status: "Inactive" } }, false],
    ["one from a state with more in it", { before: { status: "Active", policy: "deny" } }, false],
    ["one with another end", { wanted: { status: "Expired" } }, false],
    ["one that ends it for good", { wanted: undefined }, false],
    ["another verb", { verb: "delete" }, false],
  ])("covers %s: %j", (_title, over, covered) => {
    expect(draw({ ...plan, ...over }).token === draw(plan).token).toBe(covered);
  });

  it("does not cover one that names as gone what is only called so", () => {
    expect(draw({ ...plan, wanted: { gone: "" } }).token).not.toBe(draw({ ...plan, wanted: undefined }).token);
  });

  it("leaves everything else of the plan as it was", () => {
    expect(draw(plan)).toEqual({ ...plan, token: expect.any(String) });
  });
});

const snapshot = fc.dictionary(fc.stringMatching(/^[A-Za-z]{0,6}$/), fc.string());
const state = fc.option(snapshot, { nil: undefined });

describe("two states", () => {
  it("are the same in whatever order they are told, and otherwise not", () => {
    fc.assert(
      fc.property(snapshot, snapshot, (a, b) => {
        expect(same(a, Object.fromEntries(Object.entries(a).reverse()))).toBe(true);
        const [x, y] = [a, b].map((one) =>
          JSON.stringify(
            Object.keys(one)
              .sort()
              .map((key) => [key, one[key]]),
          ),
        );
        expect(same(a, b)).toBe(x === y);
      }),
    );
  });

  it("are not the same where one is gone", () => {
    fc.assert(fc.property(snapshot, (a) => !same(a, undefined)));
    expect(same(undefined, undefined)).toBe(true);
    expect(same({}, undefined)).toBe(false);
  });
});

describe("the way back", () => {
  const receipts: fc.Arbitrary<Receipt> = fc.record({
    verb: fc.constantFrom("quarantine", "disable", "revoke", "delete"),
    target: fc.constant(plan.target),
    before: snapshot,
    after: state,
    changed: fc.boolean(),
    adopted: fc.boolean(),
  });

  it("goes from what we left to what was there, by the same hand on the same credential, and takes nobody with it", () => {
    fc.assert(
      fc.property(receipts, (receipt) => {
        const { verb, target, before, after } = receipt;
        expect(back(receipt)).toEqual(
          draw({ verb, target, before: after ?? {}, wanted: before, alsoAffects: [], refusals: [] }),
        );
      }),
    );
  });

  it("is not covered by the yes to the way down", () => {
    fc.assert(
      fc.property(receipts, ({ after, ...receipt }) => {
        fc.pre(!same(receipt.before, after));
        const down = draw({ ...receipt, wanted: after, alsoAffects: [], refusals: [] });
        expect(back({ ...receipt, after }).token).not.toBe(down.token);
      }),
    );
  });
});
