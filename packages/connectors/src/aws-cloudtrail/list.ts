import {
  type Trail as Described,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type GetTrailStatusResponse,
} from "@aws-sdk/client-cloudtrail";
import type { Lister, Page } from "@leasehold/core/connector";
import { type Instant, instantOf } from "@leasehold/core/kernel";
import { fewAtOnce, lookAt, pageOfRegions } from "../../kit/index.ts";
import type { Api, Looks, Send } from "./api.ts";
import { gapsIn, type Trail } from "./gaps.ts";
import { recordedBy } from "./recorded.ts";

const VERBS = ["DescribeTrails", "GetTrailStatus", "GetEventSelectors"] as const;

/** Which trails run in each Region and what they record: it knows no credential, and says what nobody can see. */
export const lister: Lister<Api> = {
  permissions: VERBS.map((verb) => `cloudtrail:${verb}`),
  emits: [],
  page: async (api, cursor, now) => (api ? pageOfRegions([{ name: "trails", page }], api, cursor, now) : UNLOOKED),
};

const TRAIL = "trail"; // as aws-trails calls it, which hears what is done to one
const UNLOOKED: Page = {
  ...{ signals: [], next: undefined, whole: false },
  gaps: [
    { what: "Which trails there are, and what they record, is not looked at: name the account, role and Regions." },
  ],
};

/** A Region has few trails, five of its own at the most, so they are one page. */
async function page(api: Looks, region: string, _token: string | undefined, now: Instant): Promise<Page> {
  const look = { whole: true };
  const send = api.in(region);
  const found = await lookAt(look, "cloudtrail:DescribeTrails", () =>
    send(new DescribeTrailsCommand({ includeShadowTrails: true })),
  );
  if (found === undefined) return { signals: [], next: undefined, whole: false };
  const trails = await fewAtOnce(found.trailList ?? [], (one) => seen(look, send, one));
  const known = trails.filter((one) => one !== undefined);
  if (known.length < trails.length) return { signals: [], next: undefined, whole: look.whole };
  const gaps = gapsIn(region, known, now);
  return {
    signals: [],
    next: undefined,
    whole: look.whole,
    looked: [{ tenant: api.account, type: TRAIL }],
    ...(gaps.length > 0 && { gaps }),
  };
}

/** By its ARN: of another Region's, or the organisation's, the name alone is not known here. */
async function seen(
  look: { whole: boolean },
  send: Send,
  { TrailARN, Name = "" }: Described,
): Promise<Trail | undefined> {
  const status = await lookAt(look, "cloudtrail:GetTrailStatus", () =>
    send(new GetTrailStatusCommand({ Name: TrailARN })),
  );
  const selectors = await lookAt(look, "cloudtrail:GetEventSelectors", () =>
    send(new GetEventSelectorsCommand({ TrailName: TrailARN })),
  );
  return status && { name: Name, ...statusOf(status), recorded: selectors && recordedBy(selectors) };
}

function statusOf({ IsLogging, StopLoggingTime, LatestDeliveryTime, LatestDeliveryError }: GetTrailStatusResponse) {
  const [fault] = /^[A-Za-z]{1,64}/.exec(LatestDeliveryError ?? "") ?? [];
  return {
    ...{ logs: IsLogging === true, fault },
    stopped: StopLoggingTime && instantOf(StopLoggingTime.getTime()),
    delivered: LatestDeliveryTime && instantOf(LatestDeliveryTime.getTime()),
  };
}
