import { digest } from "@leasehold/core/kernel";
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
  eventID: z.optional(z.string()),
  eventType: z.optional(z.string()),
  awsRegion: z.optional(z.string()),
  recipientAccountId: z.optional(z.string()),
  userIdentity: z.nullish(z.object({ accountId: z.optional(z.string()) })),
  sessionCredentialFromConsole: z.optional(z.unknown()),
});

/**
 * One record of a trail's file as EventBridge would have delivered it; undefined where it is not one of these services'. What was
 * kept in a table may have lost its id: then it is known by what it says, and is the same one when it is read again.
 */
export function cloudTrailEnvelope(record: unknown, services?: readonly string[]): unknown {
  const read = TrailRecord.safeParse(record);
  if (!read.success) return undefined;
  const { eventSource, eventType = "AwsApiCall", awsRegion, recipientAccountId } = read.data;
  const eventTime = inUtc(read.data.eventTime);
  const service = eventSource.replace(/[.]amazonaws[.]com$/, "");
  const detailType = DETAIL_TYPES[eventType];
  if (detailType === undefined || (services && !services.includes(service))) return undefined;
  const { eventID = `lost-${digest(record)}` } = read.data;
  return {
    version: "0",
    id: eventID,
    "detail-type": detailType,
    source: `aws.${service}`,
    account: recipientAccountId ?? read.data.userIdentity?.accountId,
    time: eventTime,
    region: awsRegion,
    resources: [],
    detail: { ...(record as object), eventTime, eventID, ...asText(read.data) },
  };
}

/** CloudTrail writes `2026-11-02T09:00:00Z`; what was kept in a table of times often lost the letters, and is UTC all the same. */
const inUtc = (time: string): string =>
  time.replace(/^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:[.]\d+)?)Z?$/, "$1T$2Z");

/** CloudTrail writes the word `true`, which a table of another kind keeps as what it says. */
const asText = ({ sessionCredentialFromConsole: from }: z.infer<typeof TrailRecord>): object =>
  typeof from === "boolean" ? { sessionCredentialFromConsole: String(from) } : {};

/** A call that was refused changed nothing; any other error was the caller's mistake, and says nothing about anybody's rights. */
export const isRefusal = (errorCode: string): boolean =>
  /^(Client[.])?(AccessDenied(Exception)?|Unauthorized(Operation|Exception)?|NotAuthorized)$/.test(errorCode);
