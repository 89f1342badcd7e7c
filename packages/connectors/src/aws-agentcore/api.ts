import type { BedrockAgentCoreControlClient } from "@aws-sdk/client-bedrock-agentcore-control";
import type { Clock } from "@leasehold/core/kernel";

export type Send = BedrockAgentCoreControlClient["send"];

/** What is asked of services beside AgentCore's control plane, by the permission that it needs. */
export const BESIDE = [
  "cloudwatch:GetMetricData",
  "logs:DescribeLogGroups",
  "logs:DescribeLogStreams",
  "bedrock-agentcore:StopRuntimeSession",
] as const;
export type Beside = (typeof BESIDE)[number];

/** AgentCore in some Regions of one account, and what AWS counts and logs of it there. */
export interface Api {
  readonly account: string;
  readonly regions: readonly string[];
  readonly contain?: true | undefined; // where the settings opt in: who may stop sessions
  readonly now: Clock;
  in(region: string): Send;
  /** The answer as it came: whoever asks reads it. */
  ask(region: string, permission: Beside, input: object): Promise<unknown>;
}
