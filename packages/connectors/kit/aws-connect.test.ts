import { expect, it } from "vitest";
import * as z from "zod";
import { awsPlace, placeAgrees } from "./aws-connect.ts";

const Place = z.strictObject(awsPlace).superRefine(placeAgrees);
const PLACE = { account: "111122223333", role: "arn:aws:iam::111122223333:role/leasehold-read", profile: "security" };
const paths = (given: object) => Place.safeParse(given).error?.issues.map(({ path }) => path.join("."));

it("takes a role of the account, and a profile to start from", () => {
  expect(Place.parse(PLACE)).toEqual(PLACE);
});

it("takes the host's own role only where that is said", () => {
  const { profile: _, ...rest } = PLACE;
  expect(paths(rest)).toEqual(["profile"]);
  expect(paths({ ...rest, source: "host" })).toBeUndefined();
  expect(paths({ ...PLACE, source: "host" })).toEqual(["profile"]);
});

it("refuses a role of another account", () => {
  expect(paths({ ...PLACE, role: "arn:aws:iam::444455556666:role/leasehold-read" })).toEqual(["role"]);
});
