import { expect, it } from "vitest";
import { hours, oktaUser } from "../../../../test/support/signals.ts";
import type { Subject, Turn } from "../lineage/index.ts";
import { hasMoved, managersLeft, namesMove } from "./index.ts";

const SINCE = hours(0);
const [grace, leo, mia] = [oktaUser("grace"), oktaUser("leo"), oktaUser("mia")];
const who = (turns: Readonly<Record<string, readonly Turn[]>>): Subject => ({
  ...{ id: oktaUser("ada"), kind: "account", tenant: "example", facts: {}, evidence: [], statements: [] },
  turns,
});
const managed = (...turns: readonly (readonly [number, string])[]) =>
  who({ manager: turns.map(([at, value]) => ({ at: hours(at), value })) });

it.each([
  ['["managerId","title"]', true],
  ['["department"]', true],
  ['["division"]', true],
  ['["team"]', true],
  ['["title","mobilePhone"]', false],
  ["[]", false],
])("the attributes %s say that somebody moved: %s", (changed, moves) => {
  expect(namesMove(changed)).toBe(moves);
});

it.each([
  ["another manager since", managed([-900, grace], [1, leo]), [grace]],
  ["dated a little before the event that tells of it", managed([-900, grace], [-0.5, leo]), [grace]],
  ["the same one, listed again", managed([-900, grace], [1, grace]), []],
  ["another long before", managed([-900, grace], [-400, leo]), []],
  ["the first that was ever known", managed([1, leo]), []],
  ["two since, latest first", managed([-900, grace], [1, leo], [9, mia]), [leo, grace]],
  ["nothing known", who({}), []],
])("%s", (_what, person, left) => {
  expect(managersLeft([person], SINCE)).toEqual(left);
  expect(hasMoved([person], SINCE)).toBe(left.length > 0);
});

it("another team is a move, and nobody's reports have changed", () => {
  const person = who({
    team: [
      { at: hours(-9), value: "Support" },
      { at: hours(1), value: "Product" },
    ],
  });
  expect(hasMoved([person], SINCE)).toBe(true);
  expect(managersLeft([person], SINCE)).toEqual([]);
});
