import { IAMClient } from "@aws-sdk/client-iam";
import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod";
import { awsPlace, placeAgrees, roleCredentials } from "../../kit/index.ts";
import { type Api, actions } from "./actions.ts";
import { listener } from "./events.ts";
import { check, lister } from "./inventory/index.ts";

export { listener } from "./events.ts"; // alone, for functions that only listen: nothing else of the connector comes along

const Settings = z
  .strictObject({
    ...awsPlace,
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
      .default("us-east-1")
      .describe("where IAM of this partition answers"),
  })
  .superRefine(placeAgrees);

export const awsIam = /* @__PURE__ */ defineConnector({
  id: "aws-iam",
  title: "AWS IAM",
  proof: "simulator",
  settings: Settings,
  check,
  connect: (settings): Api => {
    const client = new IAMClient({ region: settings.region, credentials: roleCredentials(settings, settings.region) });
    return { account: settings.account, send: client.send.bind(client) as Api["send"] };
  },
  listens: listener,
  lists: lister,
  acts: actions,
});
