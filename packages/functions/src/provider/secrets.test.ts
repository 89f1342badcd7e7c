import { later } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import type { Aws } from "../aws/index.ts";
import { vaultOf } from "./index.ts";

function vaultWith(values: Record<string, string | undefined>) {
  const asked: string[] = [];
  let now = MONDAY;
  const aws: Aws = async ({ input, permission, expected, answer }) => {
    const { SecretId, VersionStage } = input as { SecretId: string; VersionStage: string };
    asked.push(`${permission} ${SecretId} ${VersionStage}`);
    expect(expected).toEqual(["ResourceNotFoundException"]);
    const SecretString = values[`${SecretId} ${VersionStage}`];
    return SecretString === undefined ? undefined : answer.parse({ SecretString });
  };
  const vault = vaultOf({ connector: "slack", stage: () => "prod", clock: () => now, aws });
  const pass = (hours: number) => {
    now = later(now, hours);
  };
  return { vault, asked, pass };
}

const SIGNING = "leasehold/prod/slack.signing";

it("a secret is read under its stage and its vendor, and kept for a minute", async () => {
  const { vault, asked, pass } = vaultWith({ [`${SIGNING} AWSCURRENT`]: "one" });
  expect(await vault.secret("slack.signing")).toBe("one");
  expect(await vault.secret("slack.signing")).toBe("one");
  expect(asked).toEqual([`secretsmanager:GetSecretValue ${SIGNING} AWSCURRENT`]);
  pass(61 / 3_600);
  await vault.secret("slack.signing");
  expect(asked).toHaveLength(2);
});

it("another vendor's name is refused before it is asked for", async () => {
  const { vault, asked } = vaultWith({});
  for (const name of ["okta.key", "slack", "slackx.key", "../okta.key", "Slack.signing"])
    await expect(vault.secret(name)).rejects.toMatchObject({ name: "BadInput", facts: { name } });
  await expect(vault.signing(["okta.key"])).rejects.toMatchObject({ name: "BadInput" });
  expect(asked).toEqual([]);
});

it("one that has no value is named, with what to do", async () => {
  const { vault } = vaultWith({});
  await expect(vault.secret("slack.signing")).rejects.toThrow("leasehold secrets set");
});

it("a signature is checked against the present value before the last one; fresh asks again", async () => {
  const values: Record<string, string | undefined> = {
    [`${SIGNING} AWSCURRENT`]: "new",
    [`${SIGNING} AWSPREVIOUS`]: "old",
  };
  const { vault, asked } = vaultWith(values);
  expect(await vault.signing(["slack.signing"])).toEqual(["new", "old"]);
  values[`${SIGNING} AWSCURRENT`] = "newer";
  values[`${SIGNING} AWSPREVIOUS`] = undefined; // no version has that stage
  expect(await vault.signing(["slack.signing"])).toEqual(["new", "old"]);
  expect(asked).toHaveLength(2);
  expect(await vault.signing(["slack.signing"], true)).toEqual(["newer"]);
});
