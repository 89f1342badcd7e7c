import { BedrockAgentCoreControlClient } from "@aws-sdk/client-bedrock-agentcore-control";
import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import {
  awsPlace,
  awsRegions,
  inAccounts,
  type Keys,
  ONCE,
  pacedSend,
  placeAgrees,
  pointedBy,
  regionalCredentials,
  startPacer,
} from "../../kit/index.ts";
import type { Api, Send } from "./api.ts";
import { collateral } from "./collateral.ts";
import { listener } from "./events/index.ts";
import { check, lister } from "./inventory/index.ts";
import { limit } from "./limit.ts";
import { askOf, stopSessions } from "./sessions/index.ts";

export { listener } from "./events/index.ts"; // alone, for functions that only listen: nothing else of the connector comes along

// Made by a call that a bundler may leave out, for functions that only listen.
const Settings = /* @__PURE__ */ (() =>
  z
    .strictObject({
      ...{ ...awsPlace, regions: awsRegions },
      contain: z
        .optional(z.literal(true))
        .check(z.describe("let sessions of runtimes be stopped; without it they are left to end by themselves")),
    })
    .check(z.superRefine(placeAgrees)))();

export const awsAgentcore = /* @__PURE__ */ defineConnector({
  id: "aws-agentcore",
  title: "Amazon Bedrock AgentCore",
  proof: "simulator",
  settings: Settings,
  places: /* @__PURE__ */ inAccounts<z.infer<typeof Settings>>(),
  check,
  connect: (settings, _secrets, now): Api => {
    const { account, regions, contain } = settings;
    const at = pointedBy(settings.profile, "BEDROCK_AGENTCORE_CONTROL");
    const credentials = regionalCredentials(settings);
    const ways = new Map(regions.map((region) => [region, wayTo(region)]));
    function wayTo(region: string): Send {
      const client = new BedrockAgentCoreControlClient({ region, credentials, ...ONCE, ...at });
      const send = client.send.bind(client) as Parameters<typeof pacedSend>[0];
      return pacedSend<Send>(send, startPacer("aws", limit), () => false);
    }
    const signing = { keys: credentials as () => Promise<Keys>, now: () => new Date(now()) };
    return {
      ...{ account, regions, contain, now },
      in: (region) => ways.get(region) as Send,
      ask: askOf(signing, settings.profile),
    };
  },
  limit,
  // A function that looks and acts hears nothing, and what is said of its acts was declared when it was deployed (stacks/bundling.ts).
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes" ? {} : { listens: listener, collateral }),
  lists: lister,
  acts: /* @__PURE__ */ [stopSessions].slice(),
});
