import { defineConfig } from "@leasehold/app/config";

/** At home in us-east-1, a partner bus, an estate elsewhere that is only looked at, two member accounts of an organisation, and a boundary on every role. */
export default defineConfig({
  fallback: { email: "iam-oncall@example.com" },
  connectors: {
    "aws-iam": {
      settings: { account: "444455556666", role: "arn:aws:iam::444455556666:role/leasehold-estate", source: "host" },
    },
    okta: {
      settings: { org: "https://example.okta.com", clientId: "0oa1leasehold0example", keyName: "okta.key" },
    },
    slack: { settings: { tokenName: "slack.token", signingName: "slack.signing" } },
  },
  desks: ["slack"],
  aws: {
    account: "111122223333",
    region: "us-east-1",
    accounts: [{ id: "444455556666", name: "payments" }, { id: "777788889999" }],
    externalId: "leasehold-prod-example",
    organization: "o-example1234",
    partners: { okta: "aws.partner/okta.com/example/leasehold" },
    boundary: "arn:aws:iam::111122223333:policy/leasehold-boundary",
    logDays: 30,
    lockDays: 30,
  },
});
