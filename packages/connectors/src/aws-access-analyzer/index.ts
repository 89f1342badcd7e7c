import { AccessAnalyzerClient } from "@aws-sdk/client-accessanalyzer";
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
import { check } from "./check.ts";
import { listener } from "./events.ts";
import { limit } from "./limit.ts";
import { lister } from "./list.ts";

export { listener } from "./events.ts"; // alone, for functions that only listen: nothing else of the connector comes along

const Settings = /* @__PURE__ */ regionalSettings();

/** What AWS finds of rights and of their use: its word, shown as such. */
export const awsAccessAnalyzer = /* @__PURE__ */ defineConnector({
  id: "aws-access-analyzer",
  title: "IAM Access Analyzer",
  proof: "simulator",
  settings: Settings,
  places: /* @__PURE__ */ inAccounts<RegionalSettings>(),
  check,
  connect: (settings): Api => {
    const { account, regions } = settings;
    const at = pointedBy(settings.profile, "ACCESSANALYZER");
    const credentials = regionalCredentials(settings);
    const ways = new Map(regions.map((region) => [region, wayTo(region)]));
    function wayTo(region: string): Send {
      const client = new AccessAnalyzerClient({ region, credentials, ...ONCE, ...at });
      const send = client.send.bind(client) as Parameters<typeof pacedSend>[0];
      return pacedSend<Send>(send, startPacer("aws", limit), () => false);
    }
    return { account, regions, in: (region) => ways.get(region) as Send };
  },
  limit,
  listens: listener,
  lists: lister,
});
