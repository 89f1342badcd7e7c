import {
  type CredentialProviderConfiguration,
  type GatewaySummary,
  GetGatewayCommand,
  GetGatewayTargetCommand,
  type GetGatewayTargetResponse,
  ListGatewaysCommand,
  ListGatewayTargetsCommand,
} from "@aws-sdk/client-bedrock-agentcore-control";
import type { Identity, Signal } from "@leasehold/core/signal";
import {
  askAws,
  awsCredential,
  awsIdentity,
  fewAtOnce,
  lookAt,
  lookAtAll,
  type RegionalList,
} from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { targetName } from "../named.ts";
import { type Look, newLook, ofAccount, seenIdentity, tagsOf } from "./look.ts";

const GATEWAYS_A_PAGE = 100;

export const gateways: RegionalList<Api> = {
  name: "gateways",
  page: async (api, region, nextToken, now) => {
    const look = newLook(api, region, now);
    const listed = await askAws("bedrock-agentcore:ListGateways", () =>
      look.send(new ListGatewaysCommand({ maxResults: GATEWAYS_A_PAGE, ...(nextToken && { nextToken }) })),
    );
    const found = await fewAtOnce(listed.items ?? [], (gateway) => seenGateway(look, gateway));
    return { signals: found.flat(), next: listed.nextToken, whole: look.whole };
  },
};

async function seenGateway(look: Look, { gatewayId }: GatewaySummary): Promise<readonly Signal[]> {
  const gateway = await lookAt(look, "bedrock-agentcore:GetGateway", () =>
    look.send(new GetGatewayCommand({ gatewayIdentifier: gatewayId })),
  );
  if (gatewayId === undefined || gateway?.gatewayArn === undefined) return [];
  const arn = ofAccount(look.api, gateway.gatewayArn);
  const { owner } = await tagsOf(look, arn);
  const { roleArn: role, authorizerType: authorizer, createdAt, workloadIdentityDetails: workload } = gateway;
  const uses = workload?.workloadIdentityArn === undefined ? [] : [awsIdentity(workload.workloadIdentityArn).id];
  const acts = { ...(role && { role }), ...(authorizer && { authorizer }), uses };
  return [
    seenIdentity(look, { arn, type: "gateway", ...acts, ...owner, createdAt }),
    ...(await targetsOf(look, gatewayId, awsIdentity(arn))),
  ];
}

async function targetsOf(look: Look, gatewayIdentifier: string, gateway: Identity): Promise<readonly Signal[]> {
  const pages = await lookAtAll(look, "bedrock-agentcore:ListGatewayTargets", (nextToken) =>
    look.send(new ListGatewayTargetsCommand({ gatewayIdentifier, ...(nextToken && { nextToken }) })),
  );
  const found = await fewAtOnce(
    pages.flatMap((page) => page.items ?? []),
    async ({ targetId }) => {
      const target = await lookAt(look, "bedrock-agentcore:GetGatewayTarget", () =>
        look.send(new GetGatewayTargetCommand({ gatewayIdentifier, targetId })),
      );
      if (target === undefined || targetId === undefined) return [];
      const arn = targetName(gateway.name, targetId);
      const of = { type: "gateway target", uses: usesOf(target), usedBy: gateway.id, createdAt: target.createdAt };
      return [seenIdentity(look, { arn, ...of })];
    },
  );
  return found.flat();
}

/** The function behind it, and the providers whose tokens and keys it shows to others. */
function usesOf({ targetConfiguration, credentialProviderConfigurations }: GetGatewayTargetResponse) {
  const lambda = targetConfiguration?.mcp?.lambda?.lambdaArn;
  const providers = (credentialProviderConfigurations ?? []).flatMap(providerIn);
  return [...(lambda === undefined ? [] : [awsIdentity(lambda).id]), ...providers.map(awsCredential)];
}

function providerIn({ credentialProvider: one }: CredentialProviderConfiguration): readonly string[] {
  const arn = one?.oauthCredentialProvider?.providerArn ?? one?.apiKeyCredentialProvider?.providerArn;
  return arn === undefined ? [] : [arn];
}
