import { readFileSync } from "node:fs";
import { Config, readConfig } from "@leasehold/app/config";
import { connectors } from "@leasehold/connectors";
import { expect, it } from "vitest";

const page = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");
const example = /export default defineConfig\(([\s\S]*?)\);\n```/.exec(page)?.[1] ?? "";
const written = new Function(`return (${example})`)() as { connectors: Record<string, { settings: unknown }> };

it("the example of the documentation is read as it stands, by us and by its connectors", async () => {
  expect(readConfig(written).fallback.email).toBe("iam-oncall@example.com");
  for (const [id, { settings }] of Object.entries(written.connectors)) {
    const connector = await connectors[id as keyof typeof connectors]();
    expect([id, connector.settings.safeParse(settings).error?.issues ?? []]).toEqual([id, []]);
  }
});

it("every key is documented, and every default is the one that it says", () => {
  for (const key of Object.keys(Config.shape)) expect(page).toContain(`\`${key}`);
  const { playbook, calendar, brake, desks, authority } = readConfig({ fallback: { email: "a@example.com" } });
  expect(playbook).toEqual({
    notice: 72,
    remind: 24,
    escalate: 48,
    digest: 24,
    morning: 8,
    grace: 720,
    reviewDays: 180,
  });
  expect(calendar).toEqual({ timeZone: "UTC", days: [1, 2, 3, 4, 5], from: 8, to: 18, freezes: [] });
  expect(brake.peopleAnHour).toEqual({ least: 5, share: 0.01, most: 25 });
  expect(brake.peopleADay).toEqual({ least: 10, share: 0.03, most: 75 });
  expect(brake.credentialsAnHour).toEqual({ least: 50, share: 0.005, most: 500 });
  expect({ desks, authority }).toEqual({
    desks: ["slack", "jira", "email"],
    authority: ["okta", "aws-identity-center"],
  });
});

it.each([
  ["an unknown key", { fallbak: {} }, "unknown key fallbak"],
  ["no fallback", {}, "fallback"],
  [
    "a mode that does not exist",
    { fallback: { email: "a@example.com" }, connectors: { okta: { mode: "kill" } } },
    "connectors.okta.mode: Invalid option: expected one of",
  ],
  [
    "a rule that names nothing",
    { fallback: { email: "a@example.com" }, neverTouch: [{ because: "x" }] },
    "neverTouch.0",
  ],
  [
    "a span that is none",
    { fallback: { email: "a@example.com" }, playbook: { notice: -1 } },
    "playbook.notice: Too small: expected",
  ],
])("%s is refused by its field", (_title, given, where) => {
  expect(() => readConfig(given)).toThrow(
    expect.objectContaining({ name: "BadInput", facts: { where: expect.stringContaining(where) } }),
  );
});
