import {
  GetGatewayCommand,
  GetGatewayTargetCommand,
  ListAgentRuntimesCommand,
  ListApiKeyCredentialProvidersCommand,
  ListGatewaysCommand,
  ListGatewayTargetsCommand,
  ListOauth2CredentialProvidersCommand,
  ListTagsForResourceCommand,
  ListWorkloadIdentitiesCommand,
} from "@aws-sdk/client-bedrock-agentcore-control";
import { type Asks, missingIn } from "../../../kit/index.ts";
import type { Api, Send } from "../api.ts";
import { gatewayArn } from "../named.ts";

/** Asks for everything that the lister reads, once in each Region, and says what to allow. Nothing is changed and nothing is kept. */
export const check = (api: Api): Promise<readonly string[]> =>
  missingIn(api, (region) => {
    const { account } = api;
    return asksOf(api.in(region), gatewayArn({ partition: "aws", region, account }, NOBODY));
  });

const NOBODY = "leasehold-check0000000"; // AWS judges the right before it looks for the thing, so one that is not there is enough

function asksOf(send: Send, resourceArn: string): Asks {
  const [gatewayIdentifier, targetId] = [NOBODY, "LEASEHOLD0"];
  const maxResults = 1;
  const asks = {
    ListAgentRuntimes: () => send(new ListAgentRuntimesCommand({ maxResults })),
    ListGateways: () => send(new ListGatewaysCommand({ maxResults })),
    GetGateway: () => send(new GetGatewayCommand({ gatewayIdentifier })),
    ListGatewayTargets: () => send(new ListGatewayTargetsCommand({ gatewayIdentifier })),
    GetGatewayTarget: () => send(new GetGatewayTargetCommand({ gatewayIdentifier, targetId })),
    ListWorkloadIdentities: () => send(new ListWorkloadIdentitiesCommand({ maxResults })),
    ListOauth2CredentialProviders: () => send(new ListOauth2CredentialProvidersCommand({ maxResults })),
    ListApiKeyCredentialProviders: () => send(new ListApiKeyCredentialProvidersCommand({ maxResults })),
    ListTagsForResource: () => send(new ListTagsForResourceCommand({ resourceArn })),
  };
  return Object.fromEntries(Object.entries(asks).map(([verb, ask]) => [`bedrock-agentcore:${verb}`, ask]));
}
