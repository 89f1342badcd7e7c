import { REACHES, type Reach } from "@leasehold/core/signal";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowedBy, reachByDocument, reachByName, widest } from "./policy.ts";

const document = (...Statement: object[]) => encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement }));
const allow = (Action: string | string[], Resource: string | string[] = "*") => ({ Effect: "Allow", Action, Resource });

it.each<[string, Reach]>([
  ["arn:aws:iam::aws:policy/AdministratorAccess", "admin"],
  ["arn:aws:iam::aws:policy/IAMFullAccess", "admin"],
  ["arn:aws:iam::aws:policy/PowerUserAccess", "write"],
  ["arn:aws:iam::aws:policy/AmazonS3FullAccess", "write"],
  ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", "read"],
  ["arn:aws:iam::aws:policy/job-function/ViewOnlyAccess", "read"],
  ["arn:aws-us-gov:iam::aws:policy/SecurityAudit", "read"],
  ["arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3", "unknown"],
  ["arn:aws:iam::111122223333:policy/ReadOnlyAccess", "unknown"], // a customer's own: the name is no promise
])("%s is %s", (arn, reach) => {
  expect(reachByName(arn)).toBe(reach);
});

describe("an inline policy", () => {
  it.each<[string, string, Reach]>([
    ["everything everywhere", document(allow("*")), "admin"],
    ["all of IAM: who writes policies can have any", document(allow(["s3:GetObject", "iam:*"])), "admin"],
    ["everything on one thing", document(allow("*", "arn:aws:s3:::example/*")), "write"],
    ["one thing to write among many to read", document(allow(["s3:GetObject", "s3:PutObject"])), "write"],
    ["reading only", document(allow(["s3:Get*", "s3:ListBucket", "ec2:DescribeInstances"])), "read"],
    ["all but IAM, everywhere", document({ Effect: "Allow", NotAction: ["iam:*"], Resource: "*" }), "write"],
    ["all but S3, everywhere: so IAM too", document({ Effect: "Allow", NotAction: "s3:*", Resource: "*" }), "admin"],
    ["denies only", document({ Effect: "Deny", Action: "*", Resource: "*" }), "unknown"],
    [
      "one statement that is no list",
      encodeURIComponent(JSON.stringify({ Statement: allow("sqs:ListQueues") })),
      "read",
    ],
    ["what is no JSON", "%7Bnot", "unknown"],
    ["what is badly encoded", "%", "unknown"],
    ["what has another shape", encodeURIComponent("[]"), "unknown"],
  ])("%s", (_title, text, reach) => {
    expect(reachByDocument(text)).toBe(reach);
  });

  it("is graded, whatever it says", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => REACHES.includes(reachByDocument(text))));
  });
});

it.each<[Reach[], Reach]>([
  [[], "unknown"],
  [["read", "read"], "read"],
  [["read", "unknown"], "unknown"],
  [["unknown", "write"], "write"],
  [["write", "admin"], "admin"],
])("%j together reach %s", (reaches, then) => {
  expect(widest(reaches)).toBe(then);
});

describe("what an inline policy names", () => {
  const CLUSTER = "arn:aws:rds:eu-west-1:111122223333:cluster:support";
  const many = Array.from({ length: 10 }, (_, n) => `arn:aws:s3:::b${n}`);
  it.each<[title: string, text: string, allowed: object | undefined]>([
    ["each thing once", document(allow("rds-data:*", CLUSTER), allow("rds:*", [CLUSTER])), { resources: [CLUSTER] }],
    ["what it allows, and not what it denies", document({ ...allow("*", CLUSTER), Effect: "Deny" }), { resources: [] }],
    ["a pattern as it stands", document(allow("s3:*", "arn:aws:s3:::a-*/*")), { resources: ["arn:aws:s3:::a-*/*"] }],
    ["all but one thing is everything", document({ ...allow("s3:*"), NotResource: many[0] }), { resources: ["*"] }],
    ["eight, and of more how many", document(allow("s3:*", many)), { resources: many.slice(0, 8), more: 2 }],
    ["nothing known where it cannot be read", "%%%", undefined],
  ])("%s", (_title, text, allowed) => {
    expect(allowedBy("own", text)).toEqual(allowed && { policy: "own", ...allowed });
  });
});
