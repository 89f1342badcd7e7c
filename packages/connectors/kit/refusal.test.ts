import { expect, it } from "vitest";
import { refusedBy } from "./refusal.ts";

const said = (why: string) =>
  `User: arn:aws:iam::111122223333:user/ada is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::x ${why}`;

it.each([
  ["because no identity-based policy allows the s3:GetObject action", "no identity-based policy allows it"],
  ["because no permissions boundary allows the s3:GetObject action", "no permissions boundary allows it"],
  ["because no session policy allows the s3:GetObject action", "no session policy allows it"],
  ["with an explicit deny in a service control policy", "explicit deny in a service control policy"],
  [
    "with an explicit deny in a service control policy: arn:aws:organizations::444455556666:policy/o-x/p-y",
    "explicit deny in a service control policy",
  ],
  ["with an explicit deny in an identity-based policy", "explicit deny in an identity-based policy"],
  ["with an explicit deny in the role trust policy", "explicit deny in a role trust policy"],
  ["because no secret-of-mine policy allows it", undefined],
  ["", undefined],
])("%s", (why, policy) => {
  expect(refusedBy(said(why))).toBe(policy);
});

it("says nothing where nothing was said", () => {
  expect(refusedBy(undefined)).toBeUndefined();
});
