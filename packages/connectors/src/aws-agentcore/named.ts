import type { Handle } from "@leasehold/core/connector";

export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

const inCore = ({ partition, region, account }: Place, rest: string, service = "bedrock-agentcore") =>
  `arn:${partition}:${service}:${region}:${account}:${rest}`;
const orWhole = (id: string, arn: () => string) => (id.startsWith("arn:") ? id : arn());

export const runtimeArn = (place: Place, id: string): string => orWhole(id, () => inCore(place, `runtime/${id}`));
export const gatewayArn = (place: Place, id: string): string => orWhole(id, () => inCore(place, `gateway/${id}`));
export const workloadArn = (place: Place, name: string): string =>
  inCore(place, `workload-identity-directory/default/workload-identity/${name}`);

/** AWS gives a target no ARN: this is the gateway's, and its own id. */
export const targetName = (gateway: string, targetId: string): string => `${gateway}/target/${targetId}`;

/** The registry has left AgentCore's name for its own, and its ARNs with it. */
export const recordArn = (place: Place, service: string, registry: string, id: string): string =>
  orWhole(id, () => `${orWhole(registry, () => inCore(place, `registry/${registry}`, service))}/record/${id}`);

/** What holds the secret with which an agent calls somebody else's service, and hands out tokens for it. */
export const PROVIDERS = { Oauth2: "OAuth2 credential provider", ApiKey: "API key credential provider" } as const;
export type ProviderOf = keyof typeof PROVIDERS;

export const providerArn = (place: Place, of: ProviderOf, name: string): string =>
  inCore(place, `token-vault/default/${of.toLowerCase()}credentialprovider/${name}`);

export const providerHandle = ({ account, region }: Place, name: string): Handle => ({ account, region, name });
