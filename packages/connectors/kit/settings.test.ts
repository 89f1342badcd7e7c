import { expect, it } from "vitest";
import { SecretName, SettingText, signingNameOf } from "./settings.ts";

it.each([
  "xoxb-000000000000-EXAMPLE",
  "xapp-1-A0000000000-EXAMPLE",
  "ghp_EXAMPLEEXAMPLEEXAMPLE",
  "SSWS 00EXAMPLE",
  "ATATT3xFfEXAMPLE",
  "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  "AKIAIOSFODNN7EXAMPLE",
  "eyJhbGciOiJub25lIn0.e30.",
  "-----BEGIN PRIVATE KEY-----",
])("refuses %s, and does not repeat it", (text) => {
  const read = SettingText.safeParse(text);
  expect(read.success).toBe(false);
  expect(JSON.stringify(read.error?.issues)).not.toContain(text);
});

it.each(["leasehold/prod/slack", "JIRA_TOKEN", "okta.private-key"])("takes the name %s", (name) => {
  expect(SecretName.parse(name)).toBe(name);
});

it("takes no sentence for a name", () => {
  expect(SecretName.safeParse("hunter2 is the password").success).toBe(false);
});

it.each<[string, boolean]>([
  ["slack.signing", true],
  ["slack.signing-2026", true],
  ["okta.signing", false], // another vendor's functions read that one
  ["slack", false],
  ["slack.", false],
  ["leasehold/prod/slack.signing", false],
  ["slack./signing", false],
  ["slack.a.b", false],
  ["slackxsigning", false],
])("a signing secret of slack may be called %s: %s", (name, may) => {
  expect(signingNameOf("slack").safeParse(name).success).toBe(may);
});
