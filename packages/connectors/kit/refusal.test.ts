import { expect, it } from "vitest";
import { refusedBy, refusedTo } from "./refusal.ts";

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
  // one of each kind that AWS's page names
  ["because no VPC endpoint policy allows the s3:GetObject action", "no VPC endpoint policy allows it"],
  ["because no resource-based policy allows the s3:GetObject action", "no resource-based policy allows it"],
  ["because no service control policy allows the s3:GetObject action", "no service control policy allows it"],
  ["because no role trust policy allows the sts:AssumeRole action", "no role trust policy allows it"],
  ["with an explicit deny in a VPC endpoint policy", "explicit deny in a VPC endpoint policy"],
  ["with an explicit deny in a resource-based policy", "explicit deny in a resource-based policy"],
  ["with an explicit deny in a resource control policy", "explicit deny in a resource control policy"],
  ["with an explicit deny in a permissions boundary", "explicit deny in a permissions boundary"],
  ["with an explicit deny in a session policy", "explicit deny in a session policy"],
  ["because no secret-of-mine policy allows it", undefined],
  ["", undefined],
])("%s", (why, policy) => {
  expect(refusedBy(said(why))).toBe(policy);
});

it("says nothing where nothing was said", () => {
  expect(refusedBy(undefined)).toBeUndefined();
});

const asked = (resource: string) =>
  `User: arn:aws:iam::111122223333:user/ada is not authorized to perform: x:Y on resource: ${resource} because no identity-based policy allows the x:Y action`;
const CLUSTER = "arn:aws:rds:eu-west-1:111122223333:cluster:pii";

it.each([
  ["an ARN", asked(CLUSTER), CLUSTER],
  [
    "an ARN in quotes, as S3 writes it, without its object's key",
    asked('"arn:aws:s3:::logs/ada@example.com/x"'),
    "arn:aws:s3:::logs",
  ],
  ["a bucket", asked("arn:aws:s3:::logs"), "arn:aws:s3:::logs"],
  ["at the end of the message", `no on resource: ${CLUSTER}`, CLUSTER],
  ["another partition's", asked("arn:aws-us-gov:s3:::logs/key"), "arn:aws-us-gov:s3:::logs"],
  [
    "an object by an access point, without its key",
    asked('"arn:aws:s3:eu-west-1:111122223333:accesspoint/logs/object/ada@example.com/x"'),
    "arn:aws:s3:eu-west-1:111122223333:accesspoint/logs",
  ],
  [
    "one by an access point of an outpost",
    asked("arn:aws:s3-outposts:eu-west-1:111122223333:outpost/op-1/accesspoint/logs/object/ada"),
    "arn:aws:s3-outposts:eu-west-1:111122223333:outpost/op-1/accesspoint/logs",
  ],
  ["a bucket that is called so", asked("arn:aws:s3:::bucket/ada/x"), "arn:aws:s3:::bucket"],
  ["anything", asked("*"), undefined],
  ["what is no ARN", asked("EXAMPLE-prompt that nobody may keep"), undefined],
  ["an ARN that is too long", asked(`${CLUSTER}${"x".repeat(400)}`), undefined],
  ["no message", undefined, undefined],
])("what a call was refused to: %s", (_of, message, resource) => {
  expect(refusedTo(message)).toBe(resource);
});
