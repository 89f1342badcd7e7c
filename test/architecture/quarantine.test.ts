import { expect, it } from "vitest";
import { checkGiven } from "../../stacks/tables/given.ts";
import home, { alone } from "../infra/stages/home.config.ts";

const given = (quarantine: string) =>
  checkGiven("prod", {
    ...home,
    aws: alone,
    connectors: { "aws-iam": { settings: { account: "111122223333", source: "host", quarantine } } },
  });
const policy = (called: string) => `arn:aws:iam::111122223333:policy/${called}`;

it("a configuration may name the policy that its stage deploys, to quarantine by", async () => {
  const { linked } = await given(policy("leasehold-prod-quarantine"));
  expect(linked.map(({ settings }) => settings["quarantine"])).toEqual([policy("leasehold-prod-quarantine")]);
});

it("and no other, for our roles could not attach it", async () => {
  const where = "connectors.aws-iam.settings.quarantine";
  await expect(given(policy("leasehold-other-quarantine"))).rejects.toMatchObject({
    name: "BadInput",
    facts: { where },
  });
});
