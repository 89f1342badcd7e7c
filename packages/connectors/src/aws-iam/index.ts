import { IAMClient } from "@aws-sdk/client-iam";
import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { awsPlace, ONCE, pacedSend, placeAgrees, roleCredentials, startPacer } from "../../kit/index.ts";
import { actions, isChange } from "./actions.ts";
import type { Api } from "./api.ts";
import { collateral } from "./collateral.ts";
import { listener } from "./events.ts";
import { check, lister } from "./inventory/index.ts";
import { limit } from "./limit.ts";
import { shortLived } from "./short-lived.ts";

export { listener } from "./events.ts"; // alone, for functions that only listen: nothing else of the connector comes along

const Settings = z
  .strictObject({
    ...awsPlace,
    region: z
      ._default(z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/)), "us-east-1")
      .check(z.describe("where IAM of this partition answers")),
  })
  .check(z.superRefine(placeAgrees));

export const awsIam = /* @__PURE__ */ defineConnector({
  id: "aws-iam",
  title: "AWS IAM",
  proof: "simulator",
  settings: Settings,
  check,
  connect: (settings): Api => {
    const place = { region: settings.region, credentials: roleCredentials(settings, settings.region) };
    const client = new IAMClient({ ...place, ...ONCE });
    const send = client.send.bind(client) as Parameters<typeof pacedSend>[0];
    const pacer = startPacer("aws", limit);
    const ways = [false, true].map((urgent) => pacedSend<Api["send"]>(send, pacer, isChange, urgent));
    return { account: settings.account, send: ways[0] as Api["send"], urgently: ways[1] as Api["send"] };
  },
  limit,
  urgent: (api) => ({ ...api, send: api.urgently ?? api.send }),
  listens: listener,
  lists: lister,
  acts: actions,
  collateral,
  shortLived,
});
