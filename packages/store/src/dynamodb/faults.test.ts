import { badInput } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { faultOf, raced } from "./faults.ts";

const cancelled = (...codes: string[]) => ({
  name: "TransactionCanceledException",
  CancellationReasons: codes.map((Code) => ({ Code })),
});
const http = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode } });

it.each([
  ["a condition failed", { name: "ConditionalCheckFailedException" }, "Conflict"],
  ["a condition of a transaction failed", cancelled("None", "ConditionalCheckFailed"), "Conflict"],
  ["a condition failed and a row raced", cancelled("TransactionConflict", "ConditionalCheckFailed"), "Conflict"],
  ["transactions met", cancelled("TransactionConflict"), "Conflict"],
  ["a put met a transaction", { name: "TransactionConflictException" }, "Conflict"],
  ["a transaction was throttled", cancelled("None", "ThrottlingError"), "Throttled"],
  ["throttled", http("ThrottlingException", 400), "Throttled"],
  ["over the table's throughput", http("ProvisionedThroughputExceededException", 400), "Throttled"],
  ["over the account's limit", http("RequestLimitExceeded", 400), "Throttled"],
  ["a row too large", cancelled("ValidationError"), "BadInput"],
  ["a shape refused", http("ValidationException", 400), "BadInput"],
  ["no permission", http("AccessDeniedException", 400), "PermissionMissing"],
  ["a token that ran out", http("ExpiredTokenException", 400), "Unavailable"],
  ["the service down", http("InternalServerError", 500), "Unavailable"],
  ["any 5xx", http("Strange", 503), "Unavailable"],
  ["no network", { name: "Error", code: "ECONNREFUSED" }, "Unavailable"],
  ["a timeout", { name: "TimeoutError" }, "Unavailable"],
])("%s", (_title, error, name) => {
  expect(faultOf(error, "PutItem")).toMatchObject({ name });
});

it("names the permission that was missing", () => {
  expect(faultOf(http("AccessDeniedException", 400), "PutItem")).toMatchObject({
    facts: { permission: "dynamodb:PutItem" },
  });
});

it("passes on what nobody foresaw, and what is a fault already", () => {
  const surprise = new TypeError("x is not a function");
  expect(faultOf(surprise, "PutItem")).toBe(surprise);
  const ours = badInput("no");
  expect(faultOf(ours, "PutItem")).toBe(ours);
});

it.each([
  ["transactions met", cancelled("TransactionConflict", "None"), true],
  ["a put met a transaction", { name: "TransactionConflictException" }, true],
  ["the same transaction is under way", { name: "TransactionInProgressException" }, true],
  ["a condition failed beside it", cancelled("TransactionConflict", "ConditionalCheckFailed"), false],
  ["a condition failed", { name: "ConditionalCheckFailedException" }, false],
  ["throttled", cancelled("ThrottlingError"), false],
  ["none of it", new Error("x"), false],
])("is sent again only where it may simply be: %s", (_title, error, again) => {
  expect(raced(error)).toBe(again);
});
