// One line for each folder, in order. The line is lazy: a Lambda loads only the connector it needs.
export const connectors = {
  "aws-access-analyzer": () => import("./aws-access-analyzer/index.ts").then((m) => m.awsAccessAnalyzer),
  "aws-agentcore": () => import("./aws-agentcore/index.ts").then((m) => m.awsAgentcore),
  "aws-bedrock": () => import("./aws-bedrock/index.ts").then((m) => m.awsBedrock),
  "aws-cloudtrail": () => import("./aws-cloudtrail/index.ts").then((m) => m.awsCloudtrail),
  "aws-federation": () => import("./aws-federation/index.ts").then((m) => m.awsFederation),
  "aws-guardduty": () => import("./aws-guardduty/index.ts").then((m) => m.awsGuardduty),
  "aws-health": () => import("./aws-health/index.ts").then((m) => m.awsHealth),
  "aws-iam": () => import("./aws-iam/index.ts").then((m) => m.awsIam),
  "aws-identity-center": () => import("./aws-identity-center/index.ts").then((m) => m.awsIdentityCenter),
  "aws-organizations": () => import("./aws-organizations/index.ts").then((m) => m.awsOrganizations),
  "aws-secrets": () => import("./aws-secrets/index.ts").then((m) => m.awsSecrets),
  "aws-sts": () => import("./aws-sts/index.ts").then((m) => m.awsSts),
  "aws-trails": () => import("./aws-trails/index.ts").then((m) => m.awsTrails),
  email: () => import("./email/index.ts").then((m) => m.email),
  github: () => import("./github/index.ts").then((m) => m.github),
  "google-workspace": () => import("./google-workspace/index.ts").then((m) => m.googleWorkspace),
  ingest: () => import("./ingest/index.ts").then((m) => m.ingest),
  jira: () => import("./jira/index.ts").then((m) => m.jira),
  okta: () => import("./okta/index.ts").then((m) => m.okta),
  slack: () => import("./slack/index.ts").then((m) => m.slack),
} as const;

export type ConnectorId = keyof typeof connectors;

export { inventories } from "./inventories.ts";
