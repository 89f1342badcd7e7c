import {
  GetResourcePolicyCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
} from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand, ListTagsForResourceCommand } from "@aws-sdk/client-ssm";
import { type Asks, missingIn } from "../../../kit/index.ts";
import type { Api } from "../api.ts";

/** Asks for everything that the lister reads, once in each Region, and says what to allow. Nothing is changed and nothing is kept. */
export const check = (api: Api): Promise<readonly string[]> => missingIn(api, (region) => asksOf(api, region));

const NOBODY = "leasehold-check-0000"; // AWS judges the right before it looks for the thing, so one that is not there is enough

function asksOf(api: Api, region: string): Asks {
  const [secrets, parameters] = [api.secrets(region), api.parameters(region)];
  return {
    "secretsmanager:ListSecrets": () => secrets(new ListSecretsCommand({ MaxResults: 1 })),
    "secretsmanager:GetResourcePolicy": () => secrets(new GetResourcePolicyCommand({ SecretId: NOBODY })),
    "secretsmanager:ListSecretVersionIds": () => secrets(new ListSecretVersionIdsCommand({ SecretId: NOBODY })),
    "ssm:DescribeParameters": () => parameters(new DescribeParametersCommand({ MaxResults: 1 })),
    "ssm:ListTagsForResource": () =>
      parameters(new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: NOBODY })),
  };
}
