import { expect, it } from "vitest";
import { holderOf, type Principal, timeIn } from "./aws-exposed.ts";

const USER = "arn:aws:iam::111122223333:user/deploy";
const ROLE = "arn:aws:iam::111122223333:role/deploy";

it.each<[title: string, of: Principal, arn: string | undefined]>([
  ["a user", { type: "IAMUser", name: "deploy", principalId: "AIDACKCEVSQ6C2EXAMPLE" }, USER],
  ["a user of whom no id is told", { type: "IAMUser", name: "deploy" }, USER],
  ["a role of the same name", { type: "AssumedRole", name: "deploy", principalId: "AROACKCEVSQ6C2EXAMPLE:s" }, ROLE],
  [
    "a role that is said to be a user",
    { type: "IAMUser", name: "deploy", principalId: "AROACKCEVSQ6C2EX:s" },
    undefined,
  ],
  ["a user that is said to be a role", { type: "AssumedRole", name: "deploy", principalId: "AIDACKCEVSQ6" }, undefined],
  ["a name that somebody chose", { type: "FederatedUser", name: "deploy" }, undefined],
  ["a caller of another account", { type: "AWSAccount", name: "deploy" }, undefined],
  ["a name without a type", { name: "deploy" }, undefined],
  ["a name that is none", { type: "IAMUser", name: "../deploy" }, undefined],
  ["a hidden name", { type: "IAMUser", name: "HIDDEN_DUE_TO_SECURITY_REASONS" }, undefined],
  ["no name", { type: "IAMUser", name: "" }, undefined],
])("whose key it was: %s", (_title, of, arn) => {
  expect(holderOf("111122223333", "aws", of)?.name).toBe(arn);
});

it("is nobody's where the account is no account", () => {
  expect(holderOf("anonymous", "aws", { type: "IAMUser", name: "deploy" })).toBeUndefined();
});

it.each([
  ["2026-11-02T09:00:00Z", "2026-11-02T09:00:00.000Z"],
  ["Mon, 02 Nov 2026 09:00:00 GMT", "2026-11-02T09:00:00.000Z"],
  ["2 November", undefined],
  ["Mon, never GMT", undefined],
  ["", undefined],
  [null, undefined],
])("a time as AWS writes it: %s", (text, at) => {
  expect(timeIn(text)).toBe(at);
});
