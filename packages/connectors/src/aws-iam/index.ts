import { IAMClient } from "@aws-sdk/client-iam";
import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import {
  awsPlace,
  inAccounts,
  ONCE,
  pacedSend,
  placeAgrees,
  pointedBy,
  roleCredentials,
  startPacer,
} from "../../kit/index.ts";
import { actions, isChange } from "./actions.ts";
import type { Api } from "./api.ts";
import { collateral } from "./collateral.ts";
import { listener } from "./events/index.ts";
import { check, lister } from "./inventory/index.ts";
import { limit } from "./limit.ts";
import { shortLived } from "./short-lived.ts";

export { listener } from "./events/index.ts"; // alone, for functions that only listen: nothing else of the connector comes along

// Made by a call that a bundler may leave out, for functions that only listen.
const Settings = /* @__PURE__ */ (() =>
  z
    .strictObject({
      ...awsPlace,
      region: z
        ._default(z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/)), "us-east-1")
        .check(z.describe("where IAM of this partition answers")),
      quarantine: z
        .optional(z.string().check(z.regex(/^arn:aws[a-z-]*:iam::\d{12}:policy\/leasehold-[a-z0-9-]+-quarantine$/)))
        .check(z.describe("the policy that denies everything, in that account; without it nothing is quarantined")),
      contain: z
        .optional(z.literal(true))
        .check(z.describe("let policies be written that end sessions; without it they are left to end by themselves")),
    })
    .check(
      z.superRefine((settings, context) => {
        placeAgrees(settings, context);
        if (settings.quarantine !== undefined && settings.quarantine.split(":")[4] !== settings.account)
          context.addIssue({ code: "custom", message: "must be of this account", path: ["quarantine"] });
      }),
    ))();

export const awsIam = /* @__PURE__ */ defineConnector({
  id: "aws-iam",
  title: "AWS IAM",
  proof: "simulator",
  settings: Settings,
  places: /* @__PURE__ */ inAccounts<z.infer<typeof Settings>>(({ quarantine }, account) => ({
    quarantine: quarantine?.replace(/::\d{12}:/, `::${account}:`),
  })),
  check,
  connect: (settings, _secrets, clock): Api => {
    const place = { region: settings.region, credentials: roleCredentials(settings, settings.region) };
    const client = new IAMClient({ ...place, ...ONCE, ...pointedBy(settings.profile, "IAM") });
    const bare = client.send.bind(client) as Parameters<typeof pacedSend>[0];
    const pacer = startPacer("aws", limit);
    const ways = [false, true].map((urgent) => pacedSend<Api["send"]>(bare, pacer, isChange, urgent));
    const { account, quarantine } = settings;
    const contain = settings.contain && { now: clock };
    const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
    const [send, urgently] = ways as [Api["send"], Api["send"]];
    return { account, quarantine, contain, pause, send, urgently };
  },
  limit,
  urgent: (api) => ({ ...api, send: api.urgently ?? api.send }),
  listens: listener,
  lists: lister,
  acts: actions,
  collateral,
  shortLived,
});
