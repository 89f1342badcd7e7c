import { awsAccessAnalyzer } from "./aws-access-analyzer.ts";
import { awsAgentcore } from "./aws-agentcore.ts";
import { awsBedrock } from "./aws-bedrock.ts";
import { awsCloudtrail } from "./aws-cloudtrail.ts";
import { awsFederation } from "./aws-federation.ts";
import { awsGuardduty } from "./aws-guardduty.ts";
import { awsHealth } from "./aws-health.ts";
import { awsIam } from "./aws-iam.ts";
import { awsIdentityCenter } from "./aws-identity-center.ts";
import { awsOrganizations } from "./aws-organizations.ts";
import { awsSecrets } from "./aws-secrets.ts";
import { awsSts } from "./aws-sts.ts";
import { awsTrails } from "./aws-trails.ts";
import { googleWorkspace } from "./google-workspace.ts";
import type { RouteEvents } from "./model.ts";
import { okta } from "./okta.ts";

export type { RouteEvents } from "./model.ts";

/** For every pattern that any connector has: what it must route and what it must not. Data, so that the synthesised rules are held to it too. */
export const routeEvents: readonly RouteEvents[] = [
  ...awsAccessAnalyzer,
  ...awsAgentcore,
  ...awsBedrock,
  ...awsCloudtrail,
  ...awsFederation,
  ...awsGuardduty,
  ...awsHealth,
  ...awsIam,
  ...awsIdentityCenter,
  ...awsOrganizations,
  ...awsSecrets,
  ...awsSts,
  ...awsTrails,
  ...googleWorkspace,
  ...okta,
];
