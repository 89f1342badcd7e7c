import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import {
  awsPlace,
  awsRegions,
  inAccounts,
  ONCE,
  pacedSend,
  placeAgrees,
  pointedBy,
  regionalCredentials,
  startPacer,
} from "../../kit/index.ts";
import { actions, isChange } from "./actions.ts";
import type { Api, SendParameters, SendSecrets } from "./api.ts";
import { collateral } from "./collateral.ts";
import { listener } from "./events/index.ts";
import { check, lister } from "./inventory/index.ts";
import { limit } from "./limit.ts";

export { listener } from "./events/index.ts"; // alone, for functions that only listen: nothing else of the connector comes along

// Made by a call that a bundler may leave out, for functions that only listen.
const Settings = /* @__PURE__ */ (() =>
  z
    .strictObject({
      ...{ ...awsPlace, regions: awsRegions },
      contain: z
        .optional(z.literal(true))
        .check(z.describe("let policies of secrets be written that deny reading them; without it none is")),
    })
    .check(z.superRefine(placeAgrees)))();
type Send = Parameters<typeof pacedSend>[0];

export const awsSecrets = /* @__PURE__ */ defineConnector({
  id: "aws-secrets",
  title: "AWS Secrets Manager and Parameter Store",
  proof: "simulator",
  settings: Settings,
  places: /* @__PURE__ */ inAccounts<z.infer<typeof Settings>>(),
  check,
  connect: (settings): Api => {
    const { account, regions, contain } = settings;
    const credentials = regionalCredentials(settings);
    const at = (service: string) => pointedBy(settings.profile, service);
    const ways = new Map(regions.map((region) => [region, wayTo(region)]));
    function wayTo(region: string) {
      const of = { region, credentials, ...ONCE };
      const pacer = startPacer("aws", limit);
      const [secrets, parameters] = [
        new SecretsManagerClient({ ...of, ...at("SECRETS_MANAGER") }),
        new SSMClient({ ...of, ...at("SSM") }),
      ];
      return {
        secrets: pacedSend<SendSecrets>(secrets.send.bind(secrets) as Send, pacer, isChange),
        parameters: pacedSend<SendParameters>(parameters.send.bind(parameters) as Send, pacer, () => false),
      };
    }
    const way = (region: string) => ways.get(region) as ReturnType<typeof wayTo>;
    return {
      ...{ account, regions, contain },
      secrets: (region) => way(region).secrets,
      parameters: (region) => way(region).parameters,
    };
  },
  limit,
  listens: listener,
  lists: lister,
  acts: actions,
  collateral,
});
