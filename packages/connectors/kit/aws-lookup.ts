import { badInput, denied, Fault, throttled, unavailable } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { type Signing, signedAws } from "./aws-signed.ts";

export interface LookupAsk {
  readonly region: string;
  readonly from: Date;
  readonly to: Date; // itself included
  readonly next: string | undefined;
}
export interface LookedUp {
  readonly events: readonly { readonly id: string | undefined; readonly text: string }[]; // each record as JSON text
  readonly next: string | undefined;
}

const Answer = z.object({
  Events: z._default(
    z.array(z.object({ EventId: z.optional(z.string().check(z.maxLength(128))), CloudTrailEvent: z.string() })),
    [],
  ),
  NextToken: z.optional(z.string()),
});
const Refusal = z.object({ __type: z.string() });
const MOST = 32 * 1_048_576; // bytes: fifty records of 256 kB each

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html: fifty management events of one region. */
export async function lookupEvents(
  signing: Signing & { readonly endpoint?: string | undefined },
  { region, from, to, next }: LookupAsk,
): Promise<LookedUp | "the token is no longer valid"> {
  const { status, bytes } = await signedAws(
    signing,
    {
      ...{ service: "cloudtrail", region, method: "POST" },
      url: new URL("/", signing.endpoint ?? `https://cloudtrail.${region}.amazonaws.com`),
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "CloudTrail_20131101.LookupEvents" },
      body: JSON.stringify({
        ...{ StartTime: from.getTime() / 1000, EndTime: to.getTime() / 1000, MaxResults: 50 },
        ...(next !== undefined && { NextToken: next }),
      }),
    },
    MOST,
  );
  const json = parsed(bytes);
  if (status === 200) return pageOf(json);
  const type = Refusal.safeParse(json).data?.__type ?? "";
  if (/InvalidNextToken/.test(type) && next !== undefined) return "the token is no longer valid";
  throw faultOf(status, type, region);
}

function pageOf(json: unknown): LookedUp {
  const read = Answer.safeParse(json);
  if (!read.success) throw badInput("CloudTrail's answer has another shape than expected", { provider: "aws" });
  const { Events, NextToken } = read.data;
  return {
    events: Events.map(({ EventId, CloudTrailEvent }) => ({ id: EventId, text: CloudTrailEvent })),
    next: NextToken,
  };
}

function faultOf(status: number, type: string, region: string): Fault {
  if (status === 429 || /Throttl|TooManyRequests|RequestLimit/.test(type)) return throttled("aws");
  if (/AccessDenied|Unrecognized|InvalidClientToken|ExpiredToken|OptIn/.test(type) || status === 401 || status === 403)
    return denied("aws", "cloudtrail:LookupEvents");
  if (status >= 500) return unavailable("aws");
  return new Fault("Unexpected", "CloudTrail answered in a way that nobody planned for", { region, status });
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}
