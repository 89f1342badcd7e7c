import { expect, it } from "vitest";
import type { Instant } from "../kernel/index.ts";
import { type Basis, movedSince, tokenOf } from "./index.ts";

const BASIS: Basis = {
  ...{ at: "2026-11-02T09:00:00.000Z" as Instant, owner: "acc_sue", custodian: "acc_grace", state: "on" },
  ...{ reach: "write", lastUsed: "never", shared: false, mode: "act", protected: undefined },
};

it.each<[title: string, over: Partial<Basis>, ours: boolean, moved: readonly object[]]>([
  ["nothing", {}, false, []],
  ["its instant alone", { at: "2026-11-03T09:00:00.000Z" as Instant }, false, []],
  ["its owner", { owner: "acc_ben" }, false, [{ what: "owner", from: "acc_sue", to: "acc_ben" }]],
  ["nobody's any more", { owner: undefined }, false, [{ what: "owner", from: "acc_sue", to: "none" }]],
  ["a state by others", { state: "off" }, false, [{ what: "state", from: "on", to: "off" }]],
  ["a state by us", { state: "off" }, true, []],
  ["a rule", { protected: "why" }, true, [{ what: "protected", from: "none", to: "why" }]],
  ["many hands", { shared: true }, true, [{ what: "shared", from: "no", to: "yes" }]],
])("tells what moved: %s", (_title, over, ours, moved) => {
  expect(movedSince(BASIS, { ...BASIS, ...over }, { ours })).toEqual(moved);
});

it("names all that a preview rests on, in whatever order and whenever it was drawn", () => {
  const [one, other] = [
    { credential: "crd_1", basis: BASIS },
    { credential: "crd_2", basis: { ...BASIS, reach: "read" } },
  ];
  const later = { ...one, basis: { ...BASIS, at: "2027-01-01T00:00:00.000Z" as Instant } };
  expect(tokenOf([other, later])).toBe(tokenOf([one, other]));
  expect(tokenOf([one])).not.toBe(tokenOf([one, other]));
  expect(
    tokenOf([
      { ...one, basis: other.basis },
      { ...other, basis: one.basis },
    ]),
  ).not.toBe(tokenOf([one, other]));
});
