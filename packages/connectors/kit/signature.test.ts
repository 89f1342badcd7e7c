import { expect, it } from "vitest";
import { isSigned, signatureOf } from "./signature.ts";

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
