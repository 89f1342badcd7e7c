import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { SSMClient } from "@aws-sdk/client-ssm";

export type SendSecrets = SecretsManagerClient["send"];
export type SendParameters = SSMClient["send"];

/** Secrets Manager and Parameter Store in some Regions of one account. */
export interface Api {
  readonly account: string;
  readonly regions: readonly string[];
  readonly contain?: true | undefined; // where the settings opt in: who may write a policy of a secret's own
  secrets(region: string): SendSecrets;
  parameters(region: string): SendParameters;
}
