import { expect, it } from "vitest";
import { marksOf } from "../signal/index.ts";
import { untouchable } from "./index.ts";

const iam = (rest: string) => `arn:aws:iam::111122223333:${rest}`;
const TAGGED = marksOf({ "leasehold:never-touch": "the way in" });

it.each<[string, string | undefined, readonly string[] | undefined, string | undefined]>([
  ["the root user's key", iam("root"), undefined, "it is the root user's"],
  ["what the report calls the root account", "<root_account>", undefined, "it is the root user's"],
  ["a user who is called root", iam("user/root"), undefined, undefined],
  [
    "a service's role",
    iam("role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"),
    undefined,
    "its role belongs to a service of AWS",
  ],
  ["a service's role by its name", "AWSServiceRoleForECS", undefined, "its role belongs to a service of AWS"],
  [
    "a role of Identity Center",
    iam("role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef"),
    undefined,
    "its role belongs to IAM Identity Center",
  ],
  [
    "a role of Identity Center by its name",
    "AWSReservedSSO_Admin_0123456789abcdef",
    undefined,
    "its role belongs to IAM Identity Center",
  ],
  ["one of ours", iam("role/leasehold-prod-aws-iam-act"), undefined, "it is Leasehold's own"],
  ["one of ours by its name", "leasehold-prod-aws-iam-act", undefined, "it is Leasehold's own"],
  ["one that only speaks of us", iam("user/uses-leasehold-prod"), undefined, undefined],
  ["one in a path of our name", iam("user/leasehold-users/deploy"), undefined, undefined],
  ["one that somebody tagged", iam("user/deploy"), TAGGED, "it is tagged leasehold:never-touch"],
  ["one with other tags", iam("user/deploy"), marksOf({ "leasehold:owner": "ada" }), undefined],
  ["one of which nothing is known", undefined, undefined, undefined],
])("%s", (_title, identity, tags, because) => {
  expect(untouchable({ identity, tags })).toBe(because);
});
