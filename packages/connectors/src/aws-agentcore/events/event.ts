import { Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { UserIdentity } from "../../../kit/index.ts";

const of = <T extends string>(thing: T) => [`Create${thing}`, `Update${thing}`, `Delete${thing}`] as const;

/** The calls that make, change or end what AgentCore keeps. */
export const CALLS = [
  ...[...of("AgentRuntime"), ...of("Gateway"), ...of("GatewayTarget"), ...of("WorkloadIdentity")],
  ...[...of("Oauth2CredentialProvider"), ...of("ApiKeyCredentialProvider")],
] as const;
/** The same of the registry, which has left AgentCore's name for its own. */
export const REGISTRY_CALLS = of("RegistryRecord");

export const CORE = ["bedrock-agentcore.amazonaws.com", "bedrock-agentcore-control.amazonaws.com"] as const;
export const REGISTRY = "agent-registry.amazonaws.com";

const Text = z.nullish(z.string().check(z.maxLength(2048)));
const some = <S extends z.core.$ZodShape>(shape: S) => z.nullish(z.partial(z.object(shape)));

const ASKED = {
  ...{ agentRuntimeId: Text, agentRuntimeVersion: Text, version: Text },
  ...{ gatewayIdentifier: Text, authorizerType: Text, targetId: Text },
  ...{ name: Text, registryId: Text, recordId: Text, roleArn: Text },
};
const GIVEN = {
  ...{ agentRuntimeArn: Text, gatewayArn: Text, authorizerType: Text, roleArn: Text, targetId: Text },
  ...{ workloadIdentityArn: Text, credentialProviderArn: Text, recordArn: Text },
};
const LAMBDA = "targetConfiguration.mcp.lambda.lambdaArn";
const WORKLOAD = "workloadIdentityDetails.workloadIdentityArn";

// Only the fields we use. Keys, secrets and variables stand beside them: this schema has no field for any of them.
export const Event = z.object({
  account: z.string().check(z.maxLength(32)),
  detail: z.object({
    eventID: z.string().check(z.maxLength(128)),
    eventTime: Instant,
    eventSource: z.enum([...CORE, REGISTRY]),
    eventName: z.enum([...CALLS, ...REGISTRY_CALLS]),
    awsRegion: Text,
    errorCode: Text,
    errorMessage: Text,
    sessionCredentialFromConsole: Text,
    userIdentity: UserIdentity,
    requestParameters: some({
      ...ASKED,
      targetConfiguration: some({ mcp: some({ lambda: some({ lambdaArn: Text }) }) }),
      tags: z.union([z.record(z.string(), z.nullish(z.string())), Text]), // nothing where a rule handed on nothing
    }),
    responseElements: some({ ...GIVEN, workloadIdentityDetails: some({ workloadIdentityArn: Text }) }),
  }),
});
export type Event = z.infer<typeof Event>;
export type Detail = Event["detail"];

/** A request holds what its maker wrote into it, a key or a client's secret among it: a rule hands on these paths, and no others. */
export const HANDS_ON = /* @__PURE__ */ [
  ...["eventID", "eventTime", "eventSource", "eventName", "awsRegion", "errorCode", "errorMessage"],
  "sessionCredentialFromConsole",
  ...[...Object.keys(ASKED), LAMBDA, "tags"].map((name) => `requestParameters.${name}`),
  ...[...Object.keys(GIVEN), WORKLOAD].map((name) => `responseElements.${name}`),
].map((path) => `$.detail.${path}`);
