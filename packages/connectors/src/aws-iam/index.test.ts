import type { Instant } from "@leasehold/core/kernel";
import { afterEach, expect, it, vi } from "vitest";
import type { Api } from "./api.ts";
import { awsIam } from "./index.ts";
import { lister } from "./inventory/index.ts";

afterEach(() => vi.unstubAllEnvs());

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const settings = awsIam.settings.parse({
  account: "111122223333",
  role: "arn:aws:iam::111122223333:role/leasehold-read",
  profile: "no-such-profile",
});

it("never picks up ambient credentials: the profile named is used, or none", async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null/config");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null/credentials");
  const api = awsIam.connect!(
    settings,
    async () => "",
    () => MONDAY,
  ) as Api;
  expect(api.account).toBe("111122223333");
  await expect(lister.page(api, undefined, MONDAY)).rejects.toMatchObject({
    name: "PermissionMissing",
    facts: { permission: "sts:AssumeRole" },
  });
  expect(await awsIam.check!(api)).toEqual([expect.stringContaining("assume the role")]);
});

it.each([
  ["arn:aws:iam::111122223333:policy/leasehold-prod-quarantine", true],
  ["arn:aws:iam::444455556666:policy/leasehold-prod-quarantine", false],
  ["arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3", false],
  ["arn:aws:iam::aws:policy/AdministratorAccess", false],
])("takes %s as the policy to quarantine by: %s", (quarantine, taken) => {
  expect(awsIam.settings.safeParse({ account: "111122223333", source: "host", quarantine }).success).toBe(taken);
});
