import * as z from "zod/mini";

const DETAIL_TYPES: Readonly<Record<string, string>> = {
  AwsApiCall: "AWS API Call via CloudTrail",
  AwsConsoleAction: "AWS Console Action via CloudTrail",
  AwsConsoleSignIn: "AWS Console Signin via CloudTrail",
  AwsServiceEvent: "AWS Service Event via CloudTrail",
};

const TrailRecord = z.object({
  eventSource: z.string().check(z.endsWith(".amazonaws.com")),
  eventName: z.string(),
  eventTime: z.string(),
  eventID: z.string(),
  eventType: z.optional(z.string()),
  awsRegion: z.optional(z.string()),
  recipientAccountId: z.optional(z.string()),
  userIdentity: z.nullish(z.object({ accountId: z.optional(z.string()) })),
});

/** One record of a trail's file as EventBridge would have delivered it; undefined where it is not one of these services'. */
export function cloudTrailEnvelope(record: unknown, services?: readonly string[]): unknown {
  const read = TrailRecord.safeParse(record);
  if (!read.success) return undefined;
  const eventTime = inUtc(read.data.eventTime);
  const { eventSource, eventType = "AwsApiCall", eventID, awsRegion, recipientAccountId } = read.data;
  const service = eventSource.replace(/[.]amazonaws[.]com$/, "");
  const detailType = DETAIL_TYPES[eventType];
  if (detailType === undefined || (services && !services.includes(service))) return undefined;
  return {
    version: "0",
    id: eventID,
    "detail-type": detailType,
    source: `aws.${service}`,
    account: recipientAccountId ?? read.data.userIdentity?.accountId,
    time: eventTime,
    region: awsRegion,
    resources: [],
    detail: { ...(record as object), eventTime },
  };
}

/** CloudTrail writes `2026-11-02T09:00:00Z`; what was kept in a table of times often lost the letters, and is UTC all the same. */
const inUtc = (time: string): string =>
  time.replace(/^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:[.]\d+)?)Z?$/, "$1T$2Z");

/** A call that was refused changed nothing; any other error was the caller's mistake, and says nothing about anybody's rights. */
export const isRefusal = (errorCode: string): boolean =>
  /^(Client[.])?(AccessDenied(Exception)?|Unauthorized(Operation|Exception)?|NotAuthorized)$/.test(errorCode);
