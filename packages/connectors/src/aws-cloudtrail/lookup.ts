import { type LookupAttribute, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { askAws, cloudTrailEnvelope } from "../../kit/index.ts";
import type { Send } from "./api.ts";
import type { Window } from "./window.ts";

export const LOOKS_UP = "cloudtrail:LookupEvents";

export interface Looked {
  readonly events: readonly unknown[]; // each as EventBridge would have delivered it
  readonly unread: readonly string[]; // ids of those that are none
  readonly next: string | undefined;
}

/** Everything but what only reads: that is the most of all calls, and a rule leaves it out as well. */
export const CHANGES: LookupAttribute = { AttributeKey: "ReadOnly", AttributeValue: "false" };
export const SESSIONS: LookupAttribute = { AttributeKey: "EventSource", AttributeValue: "sts.amazonaws.com" };

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html: fifty calls of one Region, the latest first. */
export async function lookUp(
  send: Send,
  by: LookupAttribute,
  { from, to, next }: Window,
): Promise<Looked | "the token is no longer valid"> {
  const command = new LookupEventsCommand({
    ...{ LookupAttributes: [by], StartTime: new Date(from), EndTime: new Date(to), MaxResults: 50 },
    ...(next !== undefined && { NextToken: next }),
  });
  const said = await askAws(LOOKS_UP, () => send(command)).catch((error: unknown) => {
    if (next !== undefined && /^InvalidNextToken/.test((error as Error).name)) return undefined;
    throw error;
  });
  if (said === undefined) return "the token is no longer valid";
  const all = (said.Events ?? []).map(({ EventId = "unknown", CloudTrailEvent }) => ({
    ...{ id: EventId, event: enveloped(CloudTrailEvent) },
  }));
  return {
    events: all.flatMap(({ event }) => event ?? []),
    unread: all.flatMap(({ id, event }) => (event === undefined ? [id] : [])),
    next: said.NextToken,
  };
}

/** The parser's own message would quote what it was given. */
function enveloped(text: string | undefined): unknown {
  try {
    return cloudTrailEnvelope(JSON.parse(text ?? ""));
  } catch {
    return undefined;
  }
}
