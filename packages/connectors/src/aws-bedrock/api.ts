import type { BedrockAgentClient } from "@aws-sdk/client-bedrock-agent";
import { badInput } from "@leasehold/core/kernel";

export type Send = BedrockAgentClient["send"];

/** Bedrock in some Regions of one account. Another account or Region is refused, so that *not found* cannot mean *the wrong place*. */
export interface Api {
  readonly account: string;
  readonly regions: readonly string[];
  in(region: string): Send;
  urgentlyIn?(region: string): Send; // takes its turn first; a simulator has no turns
}

export function sendTo(api: Api, region: string): Send {
  if (!api.regions.includes(region))
    throw badInput("it is of a Region that the configuration does not name: add it to `regions`", {
      where: "handle.region",
    });
  return api.in(region);
}
