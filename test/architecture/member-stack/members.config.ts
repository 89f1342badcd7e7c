import { defineConfig } from "@leasehold/app/config";

const here = { account: "111122223333", source: "host" };
const regions = ["eu-central-1", "us-east-1"];

/** A hub with every connector that works in further accounts, and one that does not. */
export default defineConfig({
  fallback: { email: "iam-oncall@example.com" },
  connectors: {
    "aws-iam": {
      mode: "ask",
      settings: { ...here, quarantine: "arn:aws:iam::111122223333:policy/leasehold-prod-quarantine", contain: true },
    },
    "aws-bedrock": { settings: { ...here, regions } },
    "aws-agentcore": { mode: "ask", settings: { ...here, regions, contain: true } },
    "aws-cloudtrail": { settings: { ...here, usage: "bus", regions } },
    "aws-secrets": { mode: "ask", settings: { ...here, regions, contain: true } },
    "aws-sts": { settings: {} },
    "aws-identity-center": {
      settings: { ...here, identityStoreId: "d-1234567890", region: "eu-central-1" },
    },
  },
  aws: {
    account: "111122223333",
    region: "eu-central-1",
    accounts: [{ id: "444455556666", name: "payments" }, { id: "777788889999" }],
    externalId: "leasehold-prod-example",
  },
});
