import { BedrockAgentCoreControlClient } from "@aws-sdk/client-bedrock-agentcore-control";
import { defineConnector } from "@leasehold/core/connector";
import {
  inAccounts,
  ONCE,
  pacedSend,
  pointedBy,
  type RegionalSettings,
  regionalCredentials,
  regionalSettings,
  startPacer,
} from "../../kit/index.ts";
import type { Api, Send } from "./api.ts";
import { listener } from "./events/index.ts";
import { check, lister } from "./inventory/index.ts";
import { limit } from "./limit.ts";

export { listener } from "./events/index.ts"; // alone, for functions that only listen: nothing else of the connector comes along

const Settings = /* @__PURE__ */ regionalSettings();

export const awsAgentcore = /* @__PURE__ */ defineConnector({
  id: "aws-agentcore",
  title: "Amazon Bedrock AgentCore",
  proof: "simulator",
  settings: Settings,
  places: /* @__PURE__ */ inAccounts<RegionalSettings>(),
  check,
  connect: (settings): Api => {
    const { account, regions } = settings;
    const at = pointedBy(settings.profile, "BEDROCK_AGENTCORE_CONTROL");
    const credentials = regionalCredentials(settings);
    const ways = new Map(regions.map((region) => [region, wayTo(region)]));
    function wayTo(region: string): Send {
      const client = new BedrockAgentCoreControlClient({ region, credentials, ...ONCE, ...at });
      const send = client.send.bind(client) as Parameters<typeof pacedSend>[0];
      return pacedSend<Send>(send, startPacer("aws", limit), () => false);
    }
    return { account, regions, in: (region) => ways.get(region) as Send };
  },
  limit,
  listens: listener,
  lists: lister,
});
