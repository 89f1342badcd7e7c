import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  LookupEventsCommand,
} from "@aws-sdk/client-cloudtrail";
import { missingIn } from "../../kit/index.ts";
import type { Api } from "./api.ts";

/** Asks for everything that the lister and the poller read, once in each Region, and says what to allow. Nothing is changed and nothing is kept. */
export async function check(api: Api): Promise<readonly string[]> {
  if (api === undefined) return [];
  const arn = (region: string) => `arn:aws:cloudtrail:${region}:${api.account}:trail/leasehold-no-such-trail`;
  return missingIn(api, (region) => ({
    "cloudtrail:DescribeTrails": () => api.in(region)(new DescribeTrailsCommand({ includeShadowTrails: true })),
    "cloudtrail:GetTrailStatus": () => absent(api.in(region)(new GetTrailStatusCommand({ Name: arn(region) }))),
    "cloudtrail:GetEventSelectors": () =>
      absent(api.in(region)(new GetEventSelectorsCommand({ TrailName: arn(region) }))),
    ...(api.looksUp && {
      "cloudtrail:LookupEvents": () => api.in(region)(new LookupEventsCommand({ MaxResults: 1 })),
    }),
  }));
}

/** AWS judges the right before it looks for the trail, so one that is not there is enough. */
const absent = (asked: Promise<unknown>) =>
  asked.catch((error: unknown) => {
    if ((error as Error).name !== "TrailNotFoundException") throw error;
  });
