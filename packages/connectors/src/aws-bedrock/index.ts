import { BedrockAgentClient } from "@aws-sdk/client-bedrock-agent";
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
import { actions, isChange } from "./actions.ts";
import type { Api, Send } from "./api.ts";
import { collateral } from "./collateral.ts";
import { listener } from "./events/index.ts";
import { check, lister } from "./inventory/index.ts";
import { limit } from "./limit.ts";

export { listener } from "./events/index.ts"; // alone, for functions that only listen: nothing else of the connector comes along

const Settings = /* @__PURE__ */ regionalSettings();

export const awsBedrock = /* @__PURE__ */ defineConnector({
  id: "aws-bedrock",
  title: "Amazon Bedrock",
  proof: "simulator",
  settings: Settings,
  places: /* @__PURE__ */ inAccounts<RegionalSettings>(),
  check,
  connect: (settings): Api => {
    const { account, regions } = settings;
    const at = pointedBy(settings.profile, "BEDROCK_AGENT");
    const credentials = regionalCredentials(settings);
    const ways = new Map(regions.map((region) => [region, waysTo(region)]));
    function waysTo(region: string): readonly Send[] {
      const client = new BedrockAgentClient({ region, credentials, ...ONCE, ...at });
      const send = client.send.bind(client) as Parameters<typeof pacedSend>[0];
      const pacer = startPacer("aws", limit);
      return [false, true].map((urgent) => pacedSend<Send>(send, pacer, isChange, urgent));
    }
    const way = (n: number) => (region: string) => ways.get(region)?.[n] as Send;
    return { account, regions, in: way(0), urgentlyIn: way(1) };
  },
  limit,
  urgent: (api) => ({ ...api, in: api.urgentlyIn ?? api.in }),
  listens: listener,
  lists: lister,
  acts: actions,
  collateral,
});
