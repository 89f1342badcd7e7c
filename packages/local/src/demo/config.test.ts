import { readConfig } from "@leasehold/app/config";
import { connectors } from "@leasehold/connectors";
import { describe, expect, it } from "vitest";
import { answerFor, demoConfig, everybody, KEYS } from "./index.ts";

describe("the demo's configuration", () => {
  it("names only people and connectors that there are", () => {
    const { fallback, security, operators, connectors: named, desks, authority } = readConfig(demoConfig());
    const emails = everybody.map(({ email }) => email);
    expect(emails).toEqual(expect.arrayContaining([fallback.email, ...security, ...operators]));
    expect(Object.keys(connectors)).toEqual(expect.arrayContaining([...Object.keys(named), ...desks, ...authority]));
    expect([named["aws-iam"]?.mode, named["okta"]?.mode]).toEqual(["act", "act"]);
  });
});

describe("an answer", () => {
  it("knows an IAM user's item by the user's name", () => {
    const about = { identity: "report-agent" };
    const table = [{ simulated: true, custodian: "mia@example.com", about, choice: "keep", afterHours: 1 }] as const;
    const item = { identity: KEYS.reportUsed.arn, credential: "access key" };
    expect(answerFor("mia@example.com", item, table)).toBe(table[0]);
    expect(answerFor("mia@example.com", { ...item, identity: KEYS.support.arn }, table)).toBeUndefined();
  });
});
