import type { Instant } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { isJson, isNear, isSecret, isSigned, jsonIn, signatureOf } from "./signature.ts";

const BODY = "what was sent";

it.each<[string, string | undefined, readonly string[], boolean]>([
  ["the only secret", signatureOf("one", BODY), ["one"], true],
  ["the second of two, while one is being replaced", signatureOf("two", BODY), ["one", "two"], true],
  ["upper case digits", signatureOf("one", BODY).toUpperCase(), ["one"], true],
  ["another secret", signatureOf("three", BODY), ["one", "two"], false],
  ["another body", signatureOf("one", `${BODY} `), ["one"], false],
  ["an empty secret, which anybody can sign with", signatureOf("", BODY), ["", "one"], false],
  ["no secret at all", signatureOf("one", BODY), [], false],
  ["a shorter signature", signatureOf("one", BODY).slice(2), ["one"], false],
  ["no signature", undefined, ["one"], false],
])("signed with %s", (_title, hex, secrets, agrees) => {
  expect(isSigned(BODY, hex, secrets)).toBe(agrees);
});

it.each<[string, string | undefined, readonly string[], boolean]>([
  ["the only one", "one", ["one"], true],
  ["the second of two, while one is being replaced", "two", ["one", "two"], true],
  ["another", "three", ["one", "two"], false],
  ["one that is longer", "one and more", ["one"], false],
  ["the beginning of one", "on", ["one"], false],
  ["another case", "ONE", ["one"], false],
  ["nothing, where a secret is empty", "", ["", "one"], false],
  ["no header", undefined, ["one"], false],
  ["one, where there is none", "one", [], false],
])("a secret itself: %s", (_title, given, secrets, agrees) => {
  expect(isSecret(given, secrets)).toBe(agrees);
});

const NOON = "2026-11-02T12:00:00.000Z" as Instant;
const SECONDS = Date.parse(NOON) / 1_000;

it.each<[string | undefined, boolean]>([
  [String(SECONDS), true],
  [String(SECONDS - 300), true],
  [String(SECONDS + 300), true],
  [String(SECONDS - 301), false],
  [String(SECONDS + 301), false],
  [String(SECONDS * 1_000), false],
  [`${SECONDS}.5`, false],
  [` ${SECONDS}`, false],
  [`0x${SECONDS.toString(16)}`, false],
  [String(-SECONDS), false],
  ["", false],
  ["abc", false],
  [undefined, false],
])("the time %s is near: %s", (stamp, near) => {
  expect(isNear(stamp, NOON, 300)).toBe(near);
});

it.each<[string | undefined, boolean]>([
  ["application/json", true],
  ["Application/JSON; charset=utf-8", true],
  ["application/json ;charset=utf-8", true],
  ["application/jsonp", false],
  ["text/plain; application/json", false],
  ["application/x-www-form-urlencoded", false],
  ["", false],
  [undefined, false],
])("the content type %s is JSON: %s", (type, json) => {
  expect(isJson(type)).toBe(json);
});

it("reads JSON, and says nothing of what is not", () => {
  expect(jsonIn('{"a":1}')).toEqual({ a: 1 });
  expect(jsonIn("hunter2")).toBeUndefined();
});
