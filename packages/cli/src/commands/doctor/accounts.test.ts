import { instantOf } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { accountLines } from "./accounts.ts";

const of = (...places: readonly { id: string; name?: string; whole: boolean }[]) => ({
  ...{ id: "aws-iam", coverage: { whole: false, at: instantOf(0), seen: 1, ageHours: 1, places } },
});

it.each([
  ["nothing of a connector with one account", { id: "okta", coverage: undefined }, []],
  ["nothing of one that was never listed in several", of(), []],
  [
    "how many are covered",
    of({ id: "111122223333", whole: true }, { id: "444455556666", whole: true }),
    ["aws-iam: 2 of 2 accounts covered"],
  ],
  [
    "which are missing, by their names",
    of(
      { id: "111122223333", whole: true },
      { id: "444455556666", name: "payments", whole: false },
      { id: "777788889999", whole: false },
    ),
    ["aws-iam: 1 of 3 accounts covered; missing, or only in part: 444455556666 (payments), 777788889999"],
  ],
])("says %s", (_title, connected, said) => {
  expect(accountLines(connected)).toEqual(said);
});
