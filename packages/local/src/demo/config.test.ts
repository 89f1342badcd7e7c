import { readConfig } from "@leasehold/app/config";
import { connectors } from "@leasehold/connectors";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { answerFor, demoConfig, demoWorlds, everybody, KEYS } from "./index.ts";

describe("the demo's configuration", () => {
  it("names only people and connectors that there are", () => {
    const { fallback, security, operators, connectors: named, desks, authority } = readConfig(demoConfig());
    const emails = everybody.map(({ email }) => email);
    const { okta, "aws-identity-center": center } = demoWorlds(MONDAY);
    expect(emails).toContain(fallback.email);
    expect([security, operators]).toEqual([
      [{ connector: "okta", group: okta.groups[0]?.id }],
      [{ connector: "aws-identity-center", group: center.groups[0]?.groupId }],
    ]);
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
