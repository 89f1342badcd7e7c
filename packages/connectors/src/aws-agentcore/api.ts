import type { BedrockAgentCoreControlClient } from "@aws-sdk/client-bedrock-agentcore-control";

export type Send = BedrockAgentCoreControlClient["send"];

/** AgentCore in some Regions of one account. */
export interface Api {
  readonly account: string;
  readonly regions: readonly string[];
  in(region: string): Send;
}
