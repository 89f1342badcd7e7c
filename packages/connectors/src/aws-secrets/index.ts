import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import { defineConnector } from "@leasehold/core/connector";
import {
  inAccounts,
  ONCE,
  pacedSend,
  type RegionalSettings,
  regionalCredentials,
  regionalSettings,
  startPacer,
} from "../../kit/index.ts";
import type { Api, SendParameters, SendSecrets } from "./api.ts";
import { listener } from "./events/index.ts";
import { check, lister } from "./inventory/index.ts";
import { limit } from "./limit.ts";

export { listener } from "./events/index.ts"; // alone, for functions that only listen: nothing else of the connector comes along

const Settings = /* @__PURE__ */ regionalSettings();
type Send = Parameters<typeof pacedSend>[0];

export const awsSecrets = /* @__PURE__ */ defineConnector({
  id: "aws-secrets",
  title: "AWS Secrets Manager and Parameter Store",
  proof: "simulator",
  settings: Settings,
  places: /* @__PURE__ */ inAccounts<RegionalSettings>(),
  check,
  connect: (settings): Api => {
    const { account, regions } = settings;
    const credentials = regionalCredentials(settings);
    const ways = new Map(regions.map((region) => [region, wayTo(region)]));
    function wayTo(region: string) {
      const of = { region, credentials, ...ONCE };
      const pacer = startPacer("aws", limit);
      const [secrets, parameters] = [new SecretsManagerClient(of), new SSMClient(of)];
      return {
        secrets: pacedSend<SendSecrets>(secrets.send.bind(secrets) as Send, pacer, () => false),
        parameters: pacedSend<SendParameters>(parameters.send.bind(parameters) as Send, pacer, () => false),
      };
    }
    const way = (region: string) => ways.get(region) as ReturnType<typeof wayTo>;
    return {
      ...{ account, regions },
      secrets: (region) => way(region).secrets,
      parameters: (region) => way(region).parameters,
    };
  },
  limit,
  listens: listener,
  lists: lister,
});
