import type { Lister } from "@leasehold/core/connector";
import { pageOfRegions } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { gateways } from "./gateways.ts";
import { apiKeyProviders, oauth2Providers, runtimes, workloads } from "./plain.ts";

/**
 * Runtimes, gateways with their targets, workload identities and credential providers of the Regions named. GetAgentRuntime
 * answers with the values of a runtime's variables, so nobody of ours may call it: by which role one acts its event says.
 */
export const lister: Lister<Api> = {
  permissions: [
    ...["ListAgentRuntimes", "ListGateways", "GetGateway", "ListGatewayTargets", "GetGatewayTarget"],
    ...["ListWorkloadIdentities", "ListOauth2CredentialProviders", "ListApiKeyCredentialProviders"],
    "ListTagsForResource",
  ].map((verb) => `bedrock-agentcore:${verb}`),
  emits: ["identity.seen", "credential.seen"],
  page: (api, cursor, now) =>
    pageOfRegions([runtimes, gateways, workloads, oauth2Providers, apiKeyProviders], api, cursor, now),
};
