import { defineConfig } from "@leasehold/app/config";

/** Where it is, and nothing that stands on a connector. */
export const alone = { account: "111122223333", region: "eu-central-1", alarms: "iam-oncall@example.com" };

/** One account, one Region that is not us-east-1, no partner, nobody else's events; a trail's files of an organisation. */
export default defineConfig({
  fallback: { email: "iam-oncall@example.com" },
  security: ["sam@example.com"],
  connectors: {
    "aws-iam": {
      mode: "ask",
      settings: { account: "111122223333", source: "host", contain: true }, // as the functions' own roles
    },
    "aws-identity-center": {
      settings: {
        account: "111122223333",
        source: "host",
        identityStoreId: "d-1234567890",
        region: "eu-central-1",
      },
    },
    okta: {
      mode: "ask",
      settings: {
        org: "https://example.okta.com",
        clientId: "0oa1leasehold0example",
        keyName: "okta.key",
        signingName: "okta.hook",
      },
    },
    slack: { settings: { tokenName: "slack.token", signingName: "slack.signing" } },
    jira: {
      settings: {
        site: "https://example.atlassian.net",
        account: "leasehold@example.com",
        tokenName: "jira.token",
        signingName: "jira.webhook",
        project: "SEC",
      },
    },
    ingest: {
      settings: {
        sources: {
          hr: { secretName: "ingest.hr", kinds: ["person.left"] },
          badges: { secretName: "ingest.badges", kinds: ["credential.seen"] },
        },
      },
    },
    "aws-cloudtrail": { settings: { usage: "bus" } },
    "aws-federation": { settings: {} },
    "aws-sts": { settings: {} },
    "aws-secrets": {
      settings: {
        ...{ account: "444455556666", role: "arn:aws:iam::444455556666:role/leasehold-estate", source: "host" },
        regions: ["eu-central-1"],
      },
    },
  },
  aws: {
    ...alone,
    trailFiles: {
      ...{ bucket: "example-org-trail", prefix: "AWSLogs/o-example1234/", account: "444455556666" },
      key: "arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
  },
});
