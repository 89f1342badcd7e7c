import { Fault } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { askAws, isMissing, sayAws } from "./aws.ts";

it.each([
  ["ThrottlingException", 400, "Throttled"],
  ["TooManyRequestsException", 429, "Throttled"],
  ["AccessDenied", 403, "PermissionMissing"],
  ["AccessDeniedException", 400, "PermissionMissing"],
  ["InvalidClientTokenId", 403, "PermissionMissing"],
  ["CredentialsProviderError", 0, "PermissionMissing"],
  ["ExpiredTokenException", 403, "Unavailable"],
  ["EntityTemporarilyUnmodifiableException", 409, "Unavailable"],
  ["ServiceFailure", 500, "Unavailable"],
  ["TimeoutError", 0, "Unavailable"],
  ["ValidationError", 400, "ValidationError"], // not foreseen: passes through
])("%s (%i) is %s", async (name, httpStatusCode, fault) => {
  const call = askAws("iam:ListAccessKeys", async () => {
    throw Object.assign(new Error("as the provider says it"), { name, $metadata: { httpStatusCode } });
  });
  await expect(call).rejects.toMatchObject({ name: fault });
});

it("keeps the fault of the role that could not be assumed", async () => {
  const role = new Fault("PermissionMissing", "the provider refused this call", { permission: "sts:AssumeRole" });
  await expect(askAws("iam:ListUsers", () => Promise.reject(role))).rejects.toBe(role);
});

it.each([
  ["refusing", "PermissionMissing"],
  ["busy", "Throttled"],
  ["unreachable", "Unavailable"],
] as const)("a simulator that is %s is understood as %s", async (mood, name) => {
  await expect(askAws("iam:ListUsers", async () => sayAws(mood))).rejects.toMatchObject({
    name,
    facts: { provider: "aws" },
  });
});

it.each(["NoSuchEntityException", "NoSuchEntity", "ResourceNotFoundException"])("%s is an answer", (name) => {
  expect(isMissing(Object.assign(new Error("not there"), { name }))).toBeUndefined();
});

it("takes nothing else for absence", () => {
  const other = Object.assign(new Error("no"), { name: "NoSuchEntityOfAnotherKind" });
  expect(() => isMissing(other)).toThrow(other);
});
