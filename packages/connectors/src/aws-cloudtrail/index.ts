import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
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
import type { Api, Send } from "./api.ts";
import { check } from "./check.ts";
import { listener } from "./events.ts";
import { limit } from "./limit.ts";
import { lister } from "./list.ts";
import { poller } from "./poll.ts";

export { listener } from "./events.ts"; // alone, for functions that only listen: nothing else of the connector comes along

/**
 * `bus`: the calls that the event bus of the stage's own Region has; `refused`: of those the refused alone; `files`: the trail's
 * files alone. With an account and Regions it looks at the trails, too, and looks up the calls that changed something;
 * without, it only listens.
 */
const shape = () =>
  z.strictObject({
    usage: z._default(z.enum(["bus", "refused", "files"]), "files"),
    lookup: z
      ._default(z.enum(["changes", "none"]), "changes")
      .check(z.describe("whether calls that changed something are looked up, for what the event bus did not bring")),
    ...{ ...awsPlace, account: z.optional(awsPlace.account), regions: z.optional(awsRegions) },
  });
type Settings = z.infer<ReturnType<typeof shape>>;
const settings = () => shape().check(z.superRefine(together));
const Settings = /* @__PURE__ */ settings();

function together(
  { usage: _, lookup: __, regions, account, ...place }: Settings,
  context: z.core.$RefinementCtx,
): void {
  const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if (account !== undefined) placeAgrees({ account, ...place }, context);
  else if (regions !== undefined || Object.values(place).some((one) => one !== undefined))
    wrong("account", "name the account whose trails are looked at");
  if (account !== undefined && regions === undefined) wrong("regions", "name the Regions to look in");
}

/**
 * Every call that was made with a credential: counted, and nothing else of it. What no trail records; and for whoever listens to
 * CloudTrail, what the event bus did not bring.
 */
export const awsCloudtrail = /* @__PURE__ */ defineConnector({
  id: "aws-cloudtrail",
  title: "AWS CloudTrail",
  proof: "simulator",
  settings: Settings,
  places: /* @__PURE__ */ inAccounts<Settings>(),
  check,
  connect: ({ usage: _, lookup, account, regions, ...place }: Settings, _secrets, clock): Api => {
    if (account === undefined || regions === undefined) return undefined;
    const credentials = regionalCredentials({ account, regions, ...place });
    const ways = new Map(regions.map((region) => [region, wayTo(region)]));
    function wayTo(region: string): Send {
      const client = new CloudTrailClient({
        region,
        credentials,
        ...ONCE,
        ...pointedBy(place.profile, "CLOUDTRAIL"),
      });
      const send = client.send.bind(client) as Parameters<typeof pacedSend>[0];
      return pacedSend<Send>(send, startPacer("aws", limit), () => false);
    }
    return { account, regions, looksUp: lookup === "changes", clock, in: (region) => ways.get(region) as Send };
  },
  limit,
  listens: listener,
  polls: poller,
  lists: lister,
});
